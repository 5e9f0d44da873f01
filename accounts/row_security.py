"""Row-level security in PostgreSQL: which tables, which policy, which rights for which role."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from accounts.models import AuditEntry, Membership, Organisation

POLICY = "danegeld_organisation"
FORGET_LOG = "danegeld_forget_log"
"""The one way to delete entries of the log: a function of the owner, for organisations whose deletion is due."""
WITHOUT_POLICY = {
    Membership: "decides in which organisation a person is, so it is read before there is a scope",
}
"""Models that name an organisation and are not hidden, each with the reason."""


_FORGET_LOG = """
CREATE OR REPLACE FUNCTION danegeld_forget_log(which uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM accounts_organisation WHERE id = which AND deletion_due_at <= clock_timestamp()) THEN
    RAISE EXCEPTION 'the deletion of this organisation is not due' USING ERRCODE = '42501';
  END IF;
  DELETE FROM accounts_auditentry WHERE organisation_id = which;
END $$
"""


def tenant_models() -> list[type[models.Model]]:
    """Return every model whose rows belong to an organisation and must be hidden from the others."""
    return [model for model in apps.get_models() if _belongs_to_organisation(model) and model not in WITHOUT_POLICY]


def policies_install(connection: BaseDatabaseWrapper) -> list[str]:
    """Give every tenant table its policy, also against its owner; return the tables. Safe to repeat."""
    tables = [model._meta.db_table for model in tenant_models()]
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in tables:
            if table in existing:
                _install(cursor, connection.ops.quote_name(table))
        if AuditEntry._meta.db_table in existing:
            cursor.execute(_FORGET_LOG)
            cursor.execute(f"REVOKE ALL ON FUNCTION {FORGET_LOG}(uuid) FROM PUBLIC")
    return tables


def rights_grant(connection: BaseDatabaseWrapper, *, app: str, backup: str) -> None:
    """Let `app` work with rows but own nothing and never alter the audit log; let `backup` read everything."""
    quote = connection.ops.quote_name
    log = quote(AuditEntry._meta.db_table)
    with connection.cursor() as cursor:
        for statement in (
            f"GRANT USAGE ON SCHEMA public TO {quote(app)}, {quote(backup)}",
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quote(app)}",
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quote(app)}",
            f"REVOKE UPDATE, DELETE, TRUNCATE ON {log} FROM {quote(app)}",
            f"GRANT EXECUTE ON FUNCTION {FORGET_LOG}(uuid) TO {quote(app)}",
            f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {quote(backup)}",
            f"GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO {quote(backup)}",
        ):
            cursor.execute(statement)


def role_problems(connection: BaseDatabaseWrapper) -> list[str]:
    """Return what makes the connection's role see past the policies: nothing, for a proper one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        row = cursor.fetchone()
        superuser, bypasses = row if row else (False, False)
        tables = [model._meta.db_table for model in tenant_models()]
        cursor.execute(
            "SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner "
            "WHERE r.rolname = current_user AND c.relname = ANY(%s)",
            [tables],
        )
        owned = cursor.fetchone()
    problems = ["is a superuser"] if superuser else []
    problems += ["has BYPASSRLS"] if bypasses else []
    return problems + (["owns the tables"] if owned and owned[0] else [])


def tables_without_policy(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the tables with a column `organisation_id` that PostgreSQL does not guard, the exceptions left out."""
    exempt = [model._meta.db_table for model in WITHOUT_POLICY]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
            "WHERE a.attname = 'organisation_id' AND NOT a.attisdropped AND c.relkind IN ('r', 'p') "
            "AND c.relnamespace = 'public'::regnamespace AND NOT c.relname = ANY(%s) "
            "AND NOT (c.relrowsecurity AND c.relforcerowsecurity "
            "AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = %s)) ORDER BY 1",
            [exempt, POLICY],
        )
        return [name for (name,) in cursor.fetchall()]


def install_after_migrate(*, using: str, **_: Any) -> None:
    """Receiver of `post_migrate`: a table that a migration just made has its policy before anybody uses it."""
    from django.db import connections  # noqa: PLC0415 - only when a migration ran

    if connections[using].vendor == "postgresql":
        policies_install(connections[using])


def _install(cursor: CursorWrapper, table: str) -> None:
    # NULL when nothing was ever set: then no row is shown.
    visible = "current_setting('danegeld.organisation', true) IN ('every', organisation_id::text)"
    for statement in (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"DROP POLICY IF EXISTS {POLICY} ON {table}",
        f"CREATE POLICY {POLICY} ON {table} USING ({visible}) WITH CHECK ({visible})",
    ):
        cursor.execute(statement)


def _belongs_to_organisation(model: type[models.Model]) -> bool:
    fields: Iterable[Any] = model._meta.get_fields()
    return any(
        isinstance(field, models.ForeignKey) and field.name == "organisation" and field.related_model is Organisation
        for field in fields
    )
