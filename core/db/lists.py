"""Lists given to a statement as one value, so that it stays the same however long they are."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, any_, bindparam, func, select


def among(dialect: str, found: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Whether `found` is in the list bound as `name`; `as_list` makes the value."""
    if dialect == "sqlite":
        listed = func.json_each(bindparam(name)).table_valued("value")
        return found.in_(select(listed.c.value))
    return found == any_(bindparam(name, type_=ARRAY(found.type)))


def as_list(dialect: str, values: Iterable[Any]) -> Any:
    """What `among` is given."""
    return json.dumps(list(values)) if dialect == "sqlite" else list(values)
