"""Organisations go after a time to think, with everything they have; a person goes at once, and leaves no name."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db.models import Model
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from accounts.models import AuditEntry, KeyScope, Membership, Organisation, Role, User
from accounts.operations import invitation_send
from accounts.operations.api_keys import api_key_create
from accounts.operations.deletion import organisations_purge
from planner.operations.plan_edit import plan_create
from planner.operations.run_execute import run_execute
from planner.operations.run_start import run_start
from planner.operations.run_sweep import sweep
from planner.operations.share import ShareWish, share_create
from tests.api.callers import example
from tests.people import PASSWORD, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(organisation: Organisation, owner: User, colleague: User) -> Organisation:
    """The organisation with a row in as many tables as one gets by using it."""
    member = Membership.objects.select_related("organisation", "user").get(user=owner)
    with scope(organisation=organisation):
        plan = plan_create(organisation=organisation, document=example(), created_by=owner)
        assert run_execute(run_id=run_start(plan=plan).run.id)
        share_create(by=member, plan=plan, wish=ShareWish("Board"))
        api_key_create(by=member, name="Nightly", scopes=[KeyScope.PLANS_READ])
        invitation_send(by=member, email="new@example.org", role=Role.VIEWER)
    return organisation


def rows_of(organisation: Organisation) -> dict[str, int]:
    """How many rows of every table name the organisation, those of its own found by their column."""
    named = [model for model in apps.get_models() if "organisation_id" in attributes(model)]
    with scopes_disabled():
        counts = {
            model._meta.label: model._base_manager.filter(organisation_id=organisation.pk).count() for model in named
        }
    return {label: count for label, count in counts.items() if count}


def attributes(model: type[Model]) -> set[str]:
    return {field.attname for field in model._meta.concrete_fields}


def test_it_waits_for_thirty_days_and_can_be_stopped(full: Organisation, owner: User) -> None:
    client = client_of(owner)
    assert client.post("/organisation/data/delete", {"name": "Example"}).status_code == 422
    assert client.post("/organisation/data/delete", {"name": "Example Ltd"}).status_code == 302
    full.refresh_from_db()
    assert full.deletion_due_at is not None
    assert round((full.deletion_due_at - timezone.now()).total_seconds() / 86400) == 30
    assert "Keep it after all" in client.get("/organisation/data").content.decode()
    assert organisations_purge() == []
    client.post("/organisation/data/keep")
    assert Organisation.objects.get(pk=full.pk).deletion_due_at is None
    with scope(organisation=full):
        actions = list(AuditEntry.objects.order_by("created_at", "id").values_list("action", flat=True))
    assert actions[-2:] == ["deletion_asked", "deletion_withdrawn"]


def test_it_leaves_no_row_when_the_time_is_over(
    full: Organisation, owner: User, stranger: User, other_organisation: Organisation
) -> None:
    with scope(organisation=other_organisation):
        plan_create(organisation=other_organisation, document=example(), created_by=stranger)
    foreign = rows_of(other_organisation)
    assert len(rows_of(full)) >= 9
    Organisation.objects.filter(pk=full.pk).update(deletion_due_at=timezone.now() - timedelta(seconds=1))
    sweep()
    assert rows_of(full) == {}
    assert not Organisation.objects.filter(pk=full.pk).exists()
    assert rows_of(other_organisation) == foreign
    assert User.objects.filter(pk=owner.pk).exists()
    assert organisations_purge() == []


def test_it_forgets_a_person(full: Organisation, colleague: User) -> None:
    client = client_of(colleague)
    wrong = client.post("/account/delete", {"email": colleague.email, "password": "something else"})
    assert wrong.status_code == 422
    assert client.post("/account/delete", {"email": "x@example.org", "password": PASSWORD}).status_code == 422
    assert client.post("/account/delete", {"email": colleague.email, "password": PASSWORD}).status_code == 302
    gone = User.objects.get(pk=colleague.pk)
    assert (gone.is_active, gone.name, gone.has_usable_password()) == (False, "", False)
    assert "colleague" not in gone.email
    assert not Membership.objects.filter(user=gone).exists()
    assert client.get("/plans").status_code == 302
    # The address is free again.
    User.objects.create_user("colleague@example.org", PASSWORD)


def test_it_keeps_the_last_owner_until_the_organisation_goes(full: Organisation, owner: User) -> None:
    client, typed = client_of(owner), {"email": owner.email, "password": PASSWORD}
    refused = client.post("/account/delete", typed)
    assert refused.status_code == 422
    assert "last owner of Example Ltd" in refused.content.decode()
    client.post("/organisation/data/delete", {"name": "Example Ltd"})
    assert client.post("/account/delete", typed).status_code == 302
