from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class Certificates(StatesGroup):
    """Looking: which child, its certificate, where to confirm, the number."""

    start = State()
    status = State()
    places = State()
    number = State()


class CertificateForm(StatesGroup):
    """Asking for one."""

    snils = State()
    phone = State()
    check = State()
    receipt = State()
    refused = State()
