"""Routers that are no dialog: what several people press, commands, groups, errors, the rest.

Order matters: cries for help come before all that is heard, documents before commands, groups
before anything of private chats, `unknown_taps` right before the dialogs, `fallback` after them.
"""

from __future__ import annotations

from aiogram import Router

from bot.handlers import (
    attach_tasks,
    binding,
    card_reasons,
    cards,
    cries,
    desk,
    documents,
    errors,
    fallback,
    families,
    groups,
    inline,
    invitations,
    membership,
    notices,
    registry_tasks,
    slips,
    staff_audit,
    staff_knowledge,
    staff_people,
    staff_words,
    start,
)


def routers() -> tuple[list[Router], list[Router]]:
    """What stands before the dialogs, and what after them."""
    before = [
        errors.router,
        membership.router,
        cries.router,
        documents.router,
        binding.router,
        cards.router,
        card_reasons.router,
        attach_tasks.router,
        groups.router,
        inline.router,
        invitations.router,
        families.router,
        slips.router,
        notices.router,
        registry_tasks.router,
        desk.router,
        staff_audit.router,
        staff_knowledge.router,
        staff_people.router,
        staff_words.router,
        start.router,
        fallback.unknown_taps,
    ]
    after = [fallback.router]
    return [_copy(router) for router in before], [_copy(router) for router in after]


def _copy(template: Router) -> Router:
    """A router belongs to one dispatcher, and a process may hold several (tests do)."""
    fresh = Router(name=template.name)
    for name, observer in template.observers.items():
        copied = fresh.observers[name]
        copied.handlers.extend(observer.handlers)
        copied.filter(*(known.callback for known in observer._handler.filters or ()))
    return fresh
