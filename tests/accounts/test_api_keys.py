"""Keys for programs: shown once, limited, mortal."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from accounts.errors import Missing
from accounts.key_text import new_key, read_key
from accounts.models import ApiKey, AuditEntry, KeyScope, Membership, Organisation, User
from accounts.operations.api_keys import api_key_create, api_key_revoke, api_key_rotate, api_key_use
from tests.people import client_of

READ = [KeyScope.PLANS_READ]


def _member(user: User) -> Membership:
    return Membership.objects.select_related("organisation", "user").get(user=user)


def _created(user: User, *, days: int = 90) -> tuple[ApiKey, str]:
    member = _member(user)
    with scope(organisation=member.organisation):
        return api_key_create(by=member, name="Nightly report", scopes=READ, days=days)


def test_it_is_written_so_that_scanners_find_it(colleague: User) -> None:
    key, text = _created(colleague)
    assert text.startswith(f"dgd_key_{key.public_id}_")
    assert len(text) == len("dgd_key_") + 8 + 1 + 43 + 6


def test_it_tells_a_mistyped_key_without_asking_the_database() -> None:
    text = new_key("key").text
    assert read_key(text) is not None
    for place in (10, 20, len(text) - 1):
        other = "A" if text[place] != "A" else "B"
        assert read_key(text[:place] + other + text[place + 1 :]) is None


def test_it_stores_no_secret(colleague: User) -> None:
    key, text = _created(colleague)
    with scopes_disabled():
        stored = str(ApiKey.objects.filter(id=key.id).values().get()) + str(list(AuditEntry.objects.values()))
    assert text[17:60] not in stored


def test_it_opens_with_the_rights_of_its_owner(colleague: User) -> None:
    key, text = _created(colleague)
    used = api_key_use(text=text)
    assert used is not None
    assert (used[0].id, used[1].user) == (key.id, colleague)


def test_it_notes_its_use_once_a_minute(colleague: User) -> None:
    key, text = _created(colleague)
    moments = []
    for _ in range(2):
        api_key_use(text=text)
        with scopes_disabled():
            moments.append(ApiKey.objects.get(id=key.id).last_used_at)
    assert moments[0] is not None
    assert moments[0] == moments[1]


def test_it_ends_when_revoked(colleague: User) -> None:
    key, text = _created(colleague)
    with scope(organisation=key.organisation):
        api_key_revoke(by=_member(colleague), key_id=key.id)
    assert api_key_use(text=text) is None


def test_it_ends_with_its_time(colleague: User) -> None:
    key, text = _created(colleague)
    with scopes_disabled():
        ApiKey.objects.filter(id=key.id).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert api_key_use(text=text) is None


def test_it_ends_with_its_owners_membership(colleague: User) -> None:
    _key, text = _created(colleague)
    _member(colleague).delete()
    assert api_key_use(text=text) is None


def test_it_ends_with_its_owners_account(colleague: User) -> None:
    _key, text = _created(colleague)
    User.objects.filter(id=colleague.id).update(is_active=False)
    assert api_key_use(text=text) is None


@pytest.mark.parametrize("days", [0, 366])
def test_it_lasts_a_year_at_most(colleague: User, days: int) -> None:
    with pytest.raises(ValueError, match="1 to 365 days"):
        _created(colleague, days=days)


def test_it_works_for_a_week_beside_its_successor(colleague: User) -> None:
    key, old_text = _created(colleague)
    with scope(organisation=key.organisation):
        new, new_text = api_key_rotate(by=_member(colleague), key_id=key.id)
    assert api_key_use(text=old_text)
    assert api_key_use(text=new_text)
    key.refresh_from_db(from_queryset=ApiKey.objects.with_scopes_disabled().all())
    assert key.expires_at <= timezone.now() + timedelta(days=7)
    assert new.scopes == key.scopes


def test_it_is_revoked_by_its_owner_or_an_owner_of_the_organisation(colleague: User, viewer: User, owner: User) -> None:
    key, _text = _created(colleague)
    with scope(organisation=key.organisation):
        with pytest.raises(Missing):
            api_key_revoke(by=_member(viewer), key_id=key.id)
        api_key_revoke(by=_member(owner), key_id=key.id)


def test_it_hides_keys_from_strangers(colleague: User, stranger: User, other_organisation: Organisation) -> None:
    key, _text = _created(colleague)
    answer = client_of(stranger).post(f"/organisation/keys/{key.id}/revoke")
    assert answer.status_code == 404


def test_it_shows_a_new_key_once(viewer: User) -> None:
    client = client_of(viewer)
    wish = {"name": "Sheet", "scopes": ["plans:read"], "days": "30"}
    page = client.post("/organisation/keys", wish).content.decode()
    text = page.partition("<code>")[2].partition("</code>")[0]
    assert api_key_use(text=text)
    again = client.get("/organisation/keys").content.decode()
    assert text[:16] in again
    assert text not in again


def test_it_says_what_a_key_needs(viewer: User) -> None:
    answer = client_of(viewer).post("/organisation/keys", {"name": "", "days": "400"})
    assert answer.status_code == 422
