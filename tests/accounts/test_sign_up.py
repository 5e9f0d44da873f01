"""Signing up makes a person and an organisation, once, and tells who listens."""

from typing import Any

import pytest
from django.core import mail
from django.http import HttpRequest
from django.test import Client
from pytest_django import Settings

from accounts.models import Membership, Organisation, Role, User
from accounts.signals import signed_up
from tests.people import PASSWORD

ENTRY = {"email": "New.Person@Example.org", "password1": PASSWORD, "organisation": "New Ltd"}


def test_it_makes_a_person_who_owns_an_organisation(db: None) -> None:
    response = Client().post("/account/signup/", ENTRY)
    assert response.status_code == 302
    membership = Membership.objects.get()
    assert membership.user.email == "new.person@example.org"
    assert (membership.organisation.name, membership.role) == ("New Ltd", Role.OWNER)


def test_it_names_the_organisation_after_the_person_when_left_empty(db: None) -> None:
    Client().post("/account/signup/", {**ENTRY, "organisation": ""})
    assert Organisation.objects.get().name == "new.person"


def test_it_signs_in_and_sends_a_link_to_confirm_the_address(db: None) -> None:
    client = Client()
    client.post("/account/signup/", ENTRY)
    assert "_auth_user_id" in client.session
    assert "http://testserver/account/confirm-email/" in str(mail.outbox[0].body)


def test_it_tells_listeners_with_the_visitors_session(db: None) -> None:
    heard: list[dict[str, Any]] = []

    def listen(user: User, organisation: Organisation, request: HttpRequest, **_: object) -> None:
        heard.append({"user": user.email, "organisation": organisation.name, "draft": request.session.get("left")})

    client = Client()
    session = client.session
    session["left"] = "something"
    session.save()
    signed_up.connect(listen)
    try:
        client.post("/account/signup/", ENTRY)
    finally:
        signed_up.disconnect(listen)
    assert heard == [{"user": "new.person@example.org", "organisation": "New Ltd", "draft": "something"}]


def test_it_leaves_no_organisation_behind_when_a_listener_fails(db: None) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError("the listener failed")

    signed_up.connect(fail)
    try:
        with pytest.raises(RuntimeError, match="the listener failed"):
            Client().post("/account/signup/", ENTRY)
    finally:
        signed_up.disconnect(fail)
    assert (User.objects.count(), Organisation.objects.count()) == (0, 0)


@pytest.mark.parametrize("password", ["short", "password1234", "new.person@example.org"])
def test_it_refuses_weak_passwords(db: None, password: str) -> None:
    response = Client().post("/account/signup/", {**ENTRY, "password1": password})
    assert response.status_code == 200
    assert User.objects.count() == 0


def test_it_takes_long_passwords_as_they_are(db: None) -> None:
    password = "é passphrase, with spaces — " * 4
    Client().post("/account/signup/", {**ENTRY, "password1": password})
    assert User.objects.get().check_password(password)


def test_it_answers_alike_for_an_address_that_is_taken(owner: User, settings: Settings) -> None:
    """Nobody can find out by signing up who has an account; the person who has it gets a mail."""
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    response = Client().post("/account/signup/", {**ENTRY, "email": owner.email})
    assert response.status_code == 302
    assert (User.objects.count(), Organisation.objects.count()) == (1, 0)
    assert mail.outbox[0].to == [owner.email]
