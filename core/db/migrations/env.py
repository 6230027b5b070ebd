"""Alembic's environment; it runs inside a connection that `core.db.migrate` hands over."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from core.db.fulltext import belongs_to_models
from core.db.models import Base
from core.db.models.base import Moment


def _render(kind: str, item: Any, autogen: Any) -> str | Literal[False]:
    if kind == "type" and isinstance(item, Moment):
        autogen.imports.add("from core.db.models.base import Moment")
        return "Moment()"
    return False


def _run() -> None:
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=_render,
        include_object=belongs_to_models,
    )
    with context.begin_transaction():
        context.run_migrations()


_run()
