"""The second wall: with the application's filter removed, PostgreSQL still shows nothing foreign.

A database of its own, with the three roles of docs/operations.md: the owner migrates, the app works, backup reads.
"""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

from tests import services

pytestmark = [pytest.mark.postgres, pytest.mark.xdist_group("row_security")]


@dataclass(frozen=True)
class Guarded:
    """Addresses of one guarded database, by role, and what the product found when it worked there."""

    owner: str
    app: str
    backup: str
    by_owner: dict[str, Any]
    by_app: dict[str, Any]


def address(role: str, database: str) -> str:
    parts = psycopg.conninfo.conninfo_to_dict(services.POSTGRES_URL)
    return f"postgresql://{role}@{parts.get('host')}:{parts.get('port', 5432)}/{database}"


def run_as(url: str, code: str) -> dict[str, Any]:
    """Run Python in a fresh process of the product, on this database, and return the JSON it printed last."""
    done = subprocess.run(
        [sys.executable, "-c", f"import django, json; django.setup()\n{code}"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DANEGELD_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


BY_THE_OWNER = """
from django.core.management import call_command
from django.db import connection
from accounts.row_security import role_problems, tables_without_policy, tenant_models
call_command("migrate", verbosity=0)
call_command("secure_database", app={app!r}, backup={backup!r})
left = tables_without_policy(connection)
print(json.dumps({{"left": left, "guarded": len(tenant_models()), "problems": role_problems(connection)}}))
"""

BY_THE_APP = """
from django.db import connection, transaction
from django_scopes import scope
from accounts.models import AuditAction, User
from accounts.operations import audit_record, organisation_create
from accounts.row_security import role_problems
from config.postgresql.scope import wall_in_this_process
from planner.models import Plan
from planner.operations.plan_edit import plan_create
from planner.plan.examples import template

wall_in_this_process()
organisations = []
for name in ("first", "second"):
    user = User.objects.create_user(name + "@example.org", "correct horse battery staple")
    organisation = organisation_create(owner=user, name=name)
    organisations.append(organisation)
    with scope(organisation=organisation):
        plan_create(organisation=organisation, document=template("support-chat").json)
        audit_record(organisation=organisation, actor=user, action=AuditAction.PLAN_CREATED, subject=name)

unfiltered = [Plan._base_manager.count()]
for organisation in organisations:
    with scope(organisation=organisation):
        foreign = Plan._base_manager.exclude(organisation=organisation)
        unfiltered += [Plan._base_manager.count(), foreign.count(), foreign.update(name="stolen")]

def sees_only(organisation):
    with scope(organisation=organisation):
        return Plan._base_manager.get().organisation_id == organisation.pk

first, second = organisations
with transaction.atomic():
    followed = [sees_only(first)]
    try:
        with transaction.atomic():
            followed.append(sees_only(second))
            raise ValueError
    except ValueError:
        pass
    followed += [sees_only(second), sees_only(first)]
from django.test import Client
staff = Client()
staff.force_login(User.objects.create_superuser("staff@example.org", "x"), "django.contrib.auth.backends.ModelBackend")
listed = staff.get("/admin/planner/plan/").content.decode()
seen_by_staff = [organisation.name in listed for organisation in organisations]

from datetime import timedelta
from django.db import DatabaseError
from django.utils import timezone
from accounts.models import AuditEntry, Organisation
from accounts.operations import organisations_purge

def rows_of(organisation):
    with scope(organisation=organisation):
        return [Plan.objects.count(), AuditEntry.objects.count()]

third = organisation_create(owner=User.objects.get(email="first@example.org"), name="third")
with scope(organisation=third):
    plan_create(organisation=third, document=template("support-chat").json)
deleted = [rows_of(third)]
Organisation.objects.filter(pk=third.pk).update(deletion_due_at=timezone.now() - timedelta(seconds=1))
deleted += [organisations_purge() == [third.pk], rows_of(third), Organisation.objects.filter(pk=third.pk).exists()]
try:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT danegeld_forget_log(%s)", [first.pk])
    deleted.append("forgotten before its time")
except DatabaseError as refusal:
    deleted.append(str(refusal).splitlines()[0])
print(json.dumps({
    "unfiltered": unfiltered, "followed": followed, "problems": role_problems(connection), "deleted": deleted,
    "seen_by_staff": seen_by_staff
}))
"""


@pytest.fixture(scope="module")
def guarded() -> Iterator[Guarded]:
    name = f"danegeld_walls_{uuid.uuid4().hex[:8]}"
    roles = {role: f"{name}_{role}" for role in ("owner", "app", "backup")}
    with psycopg.connect(services.POSTGRES_URL, autocommit=True) as server:
        for role, words in (("owner", ""), ("app", "NOBYPASSRLS"), ("backup", "BYPASSRLS")):
            server.execute(sql.SQL(f"CREATE ROLE {{}} LOGIN NOSUPERUSER {words}").format(sql.Identifier(roles[role])))
        database = sql.Identifier(name)
        server.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, sql.Identifier(roles["owner"])))
    owner, app, backup = (address(role, name) for role in roles.values())
    try:
        by_owner = run_as(owner, BY_THE_OWNER.format(app=roles["app"], backup=roles["backup"]))
        yield Guarded(owner, app, backup, by_owner, run_as(app, BY_THE_APP))
    finally:
        with psycopg.connect(services.POSTGRES_URL, autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
            for role in roles.values():
                server.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))


def test_it_shows_nothing_foreign_when_the_filter_is_missing(guarded: Guarded) -> None:
    # Nothing without a scope; in each of the two scopes one own plan, no foreign one, none changed.
    assert guarded.by_app["unfiltered"] == [0, 1, 0, 0, 1, 0, 0]


def test_it_follows_the_scope_through_transactions_that_are_undone(guarded: Guarded) -> None:
    assert guarded.by_app["followed"] == [True, True, True, True]


def test_it_lets_the_operator_look_things_up(guarded: Guarded) -> None:
    assert guarded.by_app["seen_by_staff"] == [True, True]


def test_it_deletes_an_organisation_and_its_log_only_when_that_is_due(guarded: Guarded) -> None:
    before, purged, after, exists, too_early = guarded.by_app["deleted"]
    assert before == [1, 1]
    assert (purged, after, exists) == (True, [0, 0], False)
    assert too_early == "the deletion of this organisation is not due"


def test_it_guards_every_table_that_names_an_organisation(guarded: Guarded) -> None:
    assert guarded.by_owner["left"] == []
    assert guarded.by_owner["guarded"] >= 7


def test_it_finds_a_role_that_sees_past_the_wall(guarded: Guarded) -> None:
    assert guarded.by_app["problems"] == []
    assert guarded.by_owner["problems"] == ["owns the tables"]


def test_it_shows_nothing_to_a_session_that_never_said_for_whom(guarded: Guarded) -> None:
    for url in (guarded.app, guarded.owner):
        with psycopg.connect(url) as session:
            assert session.execute("SELECT count(*) FROM planner_plan").fetchone() == (0,)


def test_it_refuses_rows_for_another_organisation(guarded: Guarded) -> None:
    with psycopg.connect(guarded.app) as session:
        first, second = [row[0] for row in session.execute("SELECT id FROM accounts_organisation ORDER BY name")]
        session.execute("SELECT set_config('danegeld.organisation', %s, false)", (str(first),))
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            session.execute("UPDATE planner_plan SET organisation_id = %s", (second,))


def test_it_lets_backups_read_everything_and_write_nothing(guarded: Guarded) -> None:
    with psycopg.connect(guarded.backup) as session:
        assert session.execute("SELECT count(*) FROM planner_plan").fetchone() == (2,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            session.execute("DELETE FROM planner_plan")


@pytest.mark.parametrize(
    "statement", ["UPDATE accounts_auditentry SET subject = 'x'", "DELETE FROM accounts_auditentry"]
)
def test_it_never_lets_the_app_alter_the_log(guarded: Guarded, statement: str) -> None:
    with psycopg.connect(guarded.app) as session, pytest.raises(psycopg.errors.InsufficientPrivilege):
        session.execute(statement.encode())
