"""An invitation: seven days, one use, one address; the link alone changes nothing."""

import re
from datetime import timedelta

from django.core import mail
from django.utils import timezone
from django_scopes import scopes_disabled

from accounts.models import Invitation, Membership, Organisation, Role, User
from tests.people import client_of


def invite(owner: User, email: str, role: str = "viewer") -> str:
    """Send an invitation and return the path in its mail."""
    response = client_of(owner).post("/organisation/people/invite", {"email": email, "role": role})
    assert response.status_code == 302
    found = re.search(r"http://testserver(/invitation/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def roles(user: User) -> dict[str, str]:
    return {m.organisation.name: m.role for m in Membership.objects.filter(user=user).select_related("organisation")}


def test_it_makes_the_invited_person_a_member(
    owner: User, organisation: Organisation, stranger: User, other_organisation: Organisation
) -> None:
    path = invite(owner, "Stranger@Example.net")
    client = client_of(stranger)
    assert "Join Example Ltd?" in client.get(path).content.decode()
    assert roles(stranger) == {"Elsewhere Inc": "owner"}
    client.post(path)
    assert roles(stranger) == {"Elsewhere Inc": "owner", "Example Ltd": "viewer"}
    assert "Example Ltd" in client.get("/organisation").content.decode()


def test_it_works_once(owner: User, organisation: Organisation, stranger: User) -> None:
    path = invite(owner, stranger.email)
    client = client_of(stranger)
    client.post(path)
    Membership.objects.filter(user=stranger).delete()
    assert client.post(path).status_code == 404
    assert roles(stranger) == {}


def test_it_is_for_one_address(owner: User, organisation: Organisation, stranger: User) -> None:
    path = invite(owner, "somebody.else@example.net")
    response = client_of(stranger).post(path)
    assert response.status_code == 404
    assert "meant for another e-mail address" in response.content.decode()
    assert roles(stranger) == {}


def test_it_ends_after_seven_days(owner: User, organisation: Organisation, stranger: User) -> None:
    path = invite(owner, stranger.email)
    with scopes_disabled():
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client_of(stranger).post(path).status_code == 404


def test_it_can_be_withdrawn_by_owners_only(
    owner: User, colleague: User, stranger: User, other_organisation: Organisation
) -> None:
    path = invite(owner, stranger.email)
    with scopes_disabled():
        revoke = f"/organisation/invitations/{Invitation.objects.get().pk}/revoke"
    assert client_of(colleague).post(revoke).status_code == 403
    assert client_of(stranger).post(revoke).status_code == 404
    assert client_of(owner).post(revoke).status_code == 302
    assert client_of(stranger).post(path).status_code == 404


def test_it_replaces_an_older_invitation(owner: User, organisation: Organisation, stranger: User) -> None:
    first = invite(owner, stranger.email, Role.OWNER)
    second = invite(owner, stranger.email, Role.VIEWER)
    client = client_of(stranger)
    assert client.post(first).status_code == 404
    assert client.post(second).status_code == 302
    assert roles(stranger)["Example Ltd"] == Role.VIEWER


def test_it_can_be_sent_by_owners_only(colleague: User, viewer: User) -> None:
    for person in (colleague, viewer):
        answer = client_of(person).post("/organisation/people/invite", {"email": "a@example.org", "role": "owner"})
        assert answer.status_code == 403
    assert mail.outbox == []


def test_it_keeps_no_secret(owner: User, organisation: Organisation) -> None:
    path = invite(owner, "new@example.org")
    secret = path.rpartition(".")[2]
    with scopes_disabled():
        row = Invitation.objects.values().get()
    assert secret not in str(row)


def test_it_refuses_forged_tokens(owner: User, organisation: Organisation, stranger: User) -> None:
    path = invite(owner, stranger.email)
    client = client_of(stranger)
    for token in ("nonsense", "0.0", path.removeprefix("/invitation/")[:-1], path.removeprefix("/invitation/") + "x"):
        assert client.post(f"/invitation/{token}").status_code == 404


def test_it_says_when_somebody_is_a_member_already(owner: User, colleague: User) -> None:
    page = client_of(owner).post(
        "/organisation/people/invite", {"email": colleague.email, "role": "viewer"}, follow=True
    )
    assert "belongs to Example Ltd already" in page.content.decode()
    assert mail.outbox == []


def test_it_asks_for_a_real_address(owner: User, organisation: Organisation) -> None:
    answer = client_of(owner).post("/organisation/people/invite", {"email": "nonsense", "role": "king"})
    assert answer.status_code == 422
    assert mail.outbox == []
