"""Triggers, written once and laid anew after every migration.

Batch migrations on SQLite rebuild a table and silently lose its triggers; so no migration makes
one, and `lay_triggers` is called after each run. It is idempotent.
"""

from __future__ import annotations

from sqlalchemy import Connection, inspect

from core.db import fulltext

# the audit is append-only (reliability: I9)
_SQLITE = {
    f"audit_no_{verb}": (
        f"CREATE TRIGGER audit_no_{verb} BEFORE {verb.upper()} ON audit "
        f"BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END"
    )
    for verb in ("update", "delete")
}

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'audit is append-only'; END
$$ LANGUAGE plpgsql
"""


def lay_triggers(connection: Connection) -> None:
    """Make every trigger anew; tables that a downgrade removed are passed over."""
    tables = inspect(connection).get_table_names()
    if "audit" in tables:
        _guard_audit(connection)
    if fulltext.FTS in tables:
        for name, deed in fulltext.TRIGGERS.items():
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
            connection.exec_driver_sql(f"CREATE TRIGGER {name} {deed}")


def _guard_audit(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        for name, statement in _SQLITE.items():
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
            connection.exec_driver_sql(statement)
        return
    connection.exec_driver_sql(_POSTGRESQL_FUNCTION)
    connection.exec_driver_sql("DROP TRIGGER IF EXISTS audit_append_only ON audit")
    connection.exec_driver_sql(
        "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit "
        "FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()"
    )


def list_triggers(connection: Connection) -> list[str]:
    """Names of the triggers that stand now, sorted."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname"
    return [row[0] for row in connection.exec_driver_sql(query)]
