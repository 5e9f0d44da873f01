"""The organisation's defaults: owners change them, everybody in it reads them, and each change is written down."""

import pytest
from django.test import Client
from django_scopes import scope
from django_scopes.exceptions import ScopeError

from accounts.models import AuditAction, AuditEntry, AuditEntryIsImmutable, Organisation, User
from accounts.operations import audit_record
from tests.people import client_of

ENTRY = {
    "name": "Example SE",
    "currency": "eur",
    "fiscal_year_start": "4",
    "number_format": "comma",
    "time_zone": "Europe/Berlin",
    "discount_rate_percent": "8.5",
    "tax_rate_percent": "25",
}


def test_it_stores_what_owners_enter(owner: User, organisation: Organisation) -> None:
    assert client_of(owner).post("/organisation", ENTRY).status_code == 302
    organisation.refresh_from_db()
    assert (organisation.name, organisation.currency, organisation.time_zone) == ("Example SE", "EUR", "Europe/Berlin")
    assert (organisation.discount_rate, organisation.tax_rate) == (0.085, 0.25)


def test_it_writes_down_what_changed_and_only_that(owner: User, organisation: Organisation) -> None:
    client_of(owner).post("/organisation", {**ENTRY, "name": organisation.name})
    with scope(organisation=organisation):
        entry = AuditEntry.objects.get()
    assert entry.action == AuditAction.ORGANISATION_CHANGED
    assert "name" not in entry.after
    assert (entry.before["currency"], entry.after["currency"]) == ("USD", "EUR")


def test_it_shows_the_values_to_other_members_without_a_form(viewer: User) -> None:
    page = client_of(viewer).get("/organisation")
    assert page.status_code == 200
    assert "Save" not in page.content.decode()


def test_it_refuses_changes_by_other_members(colleague: User, viewer: User, organisation: Organisation) -> None:
    for person in (colleague, viewer):
        assert client_of(person).post("/organisation", ENTRY).status_code == 403
    organisation.refresh_from_db()
    assert organisation.name == "Example Ltd"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("currency", "EURO", "at most 3 characters"),
        ("time_zone", "Mars/Olympus", "Mars/Olympus is not a time zone"),
        ("discount_rate_percent", "101", "less than or equal to 100"),
        ("fiscal_year_start", "13", "not one of the available choices"),
    ],
)
def test_it_says_what_is_wrong(owner: User, organisation: Organisation, field: str, value: str, said: str) -> None:
    answer = client_of(owner).post("/organisation", {**ENTRY, field: value})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_it_can_require_a_second_factor(owner: User, colleague: User, organisation: Organisation) -> None:
    client_of(owner).post("/organisation", {**ENTRY, "require_mfa": "on"})
    answer = client_of(colleague).get("/organisation/people")
    assert (answer.status_code, answer["Location"]) == (302, "/account/2fa/")
    assert client_of(colleague).get("/account/2fa/").status_code == 200


def test_it_shows_the_log_to_owners_only(owner: User, colleague: User, organisation: Organisation) -> None:
    client_of(owner).post("/organisation", ENTRY)
    page = client_of(owner).get("/organisation/log").content.decode()
    assert "Organisation changed" in page
    assert owner.email in page
    assert client_of(colleague).get("/organisation/log").status_code == 403
    assert Client().get("/organisation/log").status_code == 302


def test_it_keeps_the_log_of_others_apart(
    owner: User, organisation: Organisation, stranger: User, other_organisation: Organisation
) -> None:
    client_of(owner).post("/organisation", ENTRY)
    assert "Example" not in client_of(stranger).get("/organisation/log").content.decode()


def test_it_never_changes_the_log(owner: User, organisation: Organisation) -> None:
    with scope(organisation=organisation):
        entry = audit_record(
            organisation=organisation, actor=owner, action=AuditAction.PLAN_CREATED, subject="Support chat"
        )
        entry.subject = "something else"
        with pytest.raises(AuditEntryIsImmutable):
            entry.save()
        with pytest.raises(AuditEntryIsImmutable):
            entry.delete()


def test_it_refuses_to_read_the_log_outside_of_an_organisation(db: None) -> None:
    with pytest.raises(ScopeError):
        AuditEntry.objects.count()
