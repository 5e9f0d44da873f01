"""Owners manage people; the last owner stays; a stranger's ids answer as missing."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client
from django_scopes import scope

from accounts.errors import LastOwner
from accounts.models import AuditAction, AuditEntry, Membership, Organisation, Role, User
from accounts.operations import organisation_create, role_change
from tests.people import PASSWORD, client_of


def membership(user: User) -> Membership:
    return Membership.objects.select_related("user", "organisation").get(user=user)


def test_it_lists_the_members_for_members(owner: User, colleague: User, viewer: User) -> None:
    page = client_of(viewer).get("/organisation/people").content.decode()
    assert all(person.email in page for person in (owner, colleague, viewer))
    assert "Invite somebody" not in page
    assert "Change role" not in page


def test_it_leads_visitors_to_the_sign_in(db: None) -> None:
    response = Client().get("/organisation/people")
    assert response.status_code == 302
    assert response["Location"] == "/account/login/?next=/organisation/people"


def test_it_lets_owners_change_roles_and_writes_it_down(owner: User, colleague: User) -> None:
    member = membership(colleague)
    client_of(owner).post(f"/organisation/people/{member.pk}/role", {"role": "viewer"})
    assert membership(colleague).role == Role.VIEWER
    with scope(organisation=member.organisation):
        entry = AuditEntry.objects.get()
    assert (entry.actor, entry.action, entry.subject) == (owner, AuditAction.ROLE_CHANGED, colleague.email)
    assert (entry.before, entry.after) == ({"role": "editor"}, {"role": "viewer"})
    assert entry.ip == "127.0.0.1"
    assert entry.request_id


def test_it_refuses_role_changes_by_others(owner: User, colleague: User, viewer: User) -> None:
    path = f"/organisation/people/{membership(owner).pk}/role"
    for person in (colleague, viewer):
        assert client_of(person).post(path, {"role": "viewer"}).status_code == 403
    assert membership(owner).role == Role.OWNER


@pytest.mark.parametrize("action", ["role", "remove"])
def test_it_answers_a_stranger_as_if_the_member_did_not_exist(
    action: str, colleague: User, stranger: User, other_organisation: Organisation
) -> None:
    client = client_of(stranger)
    foreign = client.post(f"/organisation/people/{membership(colleague).pk}/{action}", {"role": "viewer"})
    missing = client.post(f"/organisation/people/{uuid.uuid4()}/{action}", {"role": "viewer"})
    assert foreign.status_code == missing.status_code == 404
    assert membership(colleague).role == Role.EDITOR


def test_it_keeps_the_last_owner(owner: User, organisation: Organisation) -> None:
    member = membership(owner)
    client = client_of(owner)
    for action in ("role", "remove"):
        page = client.post(f"/organisation/people/{member.pk}/{action}", {"role": "viewer"}, follow=True)
        assert "is the last owner of Example Ltd" in page.content.decode()
    assert membership(owner).role == Role.OWNER


def test_it_lets_an_owner_leave_when_there_is_another(owner: User, colleague: User) -> None:
    client = client_of(owner)
    client.post(f"/organisation/people/{membership(colleague).pk}/role", {"role": "owner"})
    client.post(f"/organisation/people/{membership(owner).pk}/remove")
    assert not Membership.objects.filter(user=owner).exists()
    assert client.get("/organisation/people").status_code == 404


def test_it_denies_the_next_request_after_removal(owner: User, colleague: User) -> None:
    theirs = client_of(colleague)
    assert theirs.get("/organisation/people").status_code == 200
    client_of(owner).post(f"/organisation/people/{membership(colleague).pk}/remove")
    assert theirs.get("/organisation/people").status_code == 404


def test_it_switches_between_organisations_one_belongs_to(
    owner: User, organisation: Organisation, other_organisation: Organisation
) -> None:
    client = client_of(owner)
    assert client.post(f"/organisation/switch/{other_organisation.pk}").status_code == 404
    second = organisation_create(owner=owner, name="Second Ltd")
    client.post(f"/organisation/switch/{second.pk}")
    assert "Second Ltd" in client.get("/organisation").content.decode()


@pytest.mark.on_postgres
@pytest.mark.django_db(transaction=True)
def test_it_keeps_an_owner_when_two_demote_each_other_at_once() -> None:
    first, second = (User.objects.create_user(f"{name}@example.org", PASSWORD) for name in ("first", "second"))
    organisation = organisation_create(owner=first, name="Two owners")
    Membership.objects.create(organisation=organisation, user=second, role=Role.OWNER)

    def demote(by: User, other: User) -> bool:
        try:
            with scope(organisation=organisation):
                role_change(by=membership(by), member_id=membership(other).pk, role=Role.VIEWER)
        except Exception:  # noqa: BLE001 - refused in one way or another
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(demote, (first, second), (second, first)))
    assert sum(done) == 1
    assert Membership.objects.filter(organisation=organisation, role=Role.OWNER).count() == 1


def test_it_refuses_in_words(owner: User, organisation: Organisation) -> None:
    member = membership(owner)
    with scope(organisation=organisation), pytest.raises(LastOwner, match="Make somebody else an owner first"):
        role_change(by=member, member_id=member.pk, role=Role.EDITOR)
