"""What the database itself refuses, whatever the program tries: triggers beside the constraints of the models.

Django's SQLite schema editor rebuilds a table when it alters one, and a rebuilt table has lost its triggers. A
migration that alters one of these tables therefore ends with `RunPython(guards.install)`;
`tests/operations/test_guards.py` fails when one forgets it.
"""

from typing import NamedTuple

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


class Guard(NamedTuple):
    """One refusal: an UPDATE of `columns` of `table` raises `message` when `condition` holds (empty = always)."""

    name: str
    table: str
    columns: tuple[str, ...]
    condition: str
    message: str


_RUN_IDENTITY = (
    *("id", "organisation_id", "plan_id", "revision_id", "number", "kind", "input_hash", "input_snapshot"),
    *("as_of", "seed", "engine_version", "created_at"),
)
_RUN_COURSE = (
    *("state", "attempts", "max_attempts", "token", "worker", "lease_until", "heartbeat_at", "available_at"),
    *("hinted_at", "progress", "cancel_requested", "error_code", "error_message", "result_hash"),
    *("started_at", "finished_at"),
)

# Columns that name a person are left out on purpose: deleting an account sets them to null.
GUARDS = (
    Guard(
        "planner_revision_immutable",
        "planner_revision",
        ("id", "organisation_id", "plan_id", "number", "document", "digest", "created_at"),
        "",
        "a revision does not change",
    ),
    Guard("planner_run_identity", "planner_run", _RUN_IDENTITY, "", "what a run computes does not change"),
    Guard(
        "planner_run_final",
        "planner_run",
        _RUN_COURSE,
        "OLD.state IN ('succeeded', 'failed', 'cancelled')",
        "a finished run does not change",
    ),
    Guard(
        "planner_run_claimed_first",
        "planner_run",
        ("state",),
        "OLD.state = 'queued' AND NEW.state IN ('succeeded', 'failed')",
        "a queued run ends only by being claimed or cancelled",
    ),
    Guard(
        "planner_run_progress",
        "planner_run",
        ("progress",),
        "NEW.progress < OLD.progress",
        "progress does not fall",
    ),
    Guard(
        "planner_result_immutable",
        "planner_result",
        ("run_id", "organisation_id", "document", "result_hash", "created_at"),
        "",
        "a result does not change",
    ),
)

_RESULT_TRIGGER = "planner_result_of_succeeded_run"


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create every trigger, replacing those that exist; for `migrations.RunPython`."""
    remove(apps, schema_editor)
    postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in _postgresql_statements() if postgresql else _sqlite_statements():
        schema_editor.execute(statement)


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop every trigger; the reverse of `install`."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    names = [(guard.name, guard.table) for guard in GUARDS] + [(_RESULT_TRIGGER, "planner_result")]
    for name, table in names:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if postgresql else ""))
    if postgresql:
        schema_editor.execute("DROP FUNCTION IF EXISTS planner_refuse()")
        schema_editor.execute("DROP FUNCTION IF EXISTS planner_refuse_result()")


def _sqlite_statements() -> list[str]:
    statements = []
    for guard in GUARDS:
        when = f"WHEN {guard.condition}" if guard.condition else ""
        statements.append(
            f"CREATE TRIGGER {guard.name} BEFORE UPDATE OF {', '.join(guard.columns)} ON {guard.table} "
            f"FOR EACH ROW {when} BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"
        )
    statements.append(
        "CREATE TRIGGER planner_result_of_succeeded_run BEFORE INSERT ON planner_result FOR EACH ROW "
        "WHEN NOT EXISTS (SELECT 1 FROM planner_run r WHERE r.id = NEW.run_id AND r.state = 'succeeded' "
        "AND r.organisation_id = NEW.organisation_id) "
        "BEGIN SELECT RAISE(ABORT, 'only a succeeded run has a result'); END"
    )
    return statements


def _postgresql_statements() -> list[str]:
    # 23000 = integrity_constraint_violation, so that Django raises IntegrityError on both databases.
    statements = [
        "CREATE FUNCTION planner_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = '23000'; END $$",
        "CREATE FUNCTION planner_refuse_result() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF NOT EXISTS (SELECT 1 FROM planner_run r WHERE r.id = NEW.run_id AND r.state = 'succeeded' "
        "AND r.organisation_id = NEW.organisation_id) THEN "
        "RAISE EXCEPTION USING MESSAGE = 'only a succeeded run has a result', ERRCODE = '23000'; END IF; "
        "RETURN NEW; END $$",
    ]
    for guard in GUARDS:
        when = f"WHEN ({guard.condition})" if guard.condition else ""
        statements.append(
            f"CREATE TRIGGER {guard.name} BEFORE UPDATE OF {', '.join(guard.columns)} ON {guard.table} "
            f"FOR EACH ROW {when} EXECUTE FUNCTION planner_refuse('{guard.message}')"
        )
    statements.append(
        "CREATE TRIGGER planner_result_of_succeeded_run BEFORE INSERT ON planner_result FOR EACH ROW "
        "EXECUTE FUNCTION planner_refuse_result()"
    )
    return statements
