"""A second factor: set up with a code, asked for when signing in, each code good for one use."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time
from django.test import Client

from accounts.models import User
from tests.people import PASSWORD


def code_now(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return f"{hotp_value(secret, counter):06d}"


@pytest.fixture
def confirmed(owner: User) -> User:
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    return owner


@pytest.fixture
def secret(confirmed: User) -> str:
    """The secret of the authenticator app the person has set up on the pages."""
    client = Client()
    client.post("/account/login/", {"login": confirmed.email, "password": PASSWORD})
    # Setting up a factor asks for the password again, however fresh the sign-in is.
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.get("/account/2fa/totp/activate/").content.decode()
    found = re.search(r'id="authenticator_secret"[^>]*value="([A-Z2-7]+)"', page)
    assert found
    client.post("/account/2fa/totp/activate/", {"code": code_now(found[1])})
    return found[1]


def password_accepted(person: User) -> Client:
    client = Client()
    response = client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    assert response["Location"].startswith("/account/2fa/authenticate/")
    return client


def test_it_asks_for_a_code_after_the_password(confirmed: User, secret: str) -> None:
    client = password_accepted(confirmed)
    assert "_auth_user_id" not in client.session
    client.post("/account/2fa/authenticate/", {"code": code_now(secret)})
    assert "_auth_user_id" in client.session


def test_it_takes_each_code_once(confirmed: User, secret: str) -> None:
    code = code_now(secret)
    password_accepted(confirmed).post("/account/2fa/authenticate/", {"code": code})
    second = password_accepted(confirmed)
    second.post("/account/2fa/authenticate/", {"code": code})
    assert "_auth_user_id" not in second.session


def test_it_refuses_a_wrong_code(confirmed: User, secret: str) -> None:
    client = password_accepted(confirmed)
    wrong = f"{(int(code_now(secret)) + 1) % 1_000_000:06d}"
    client.post("/account/2fa/authenticate/", {"code": wrong})
    assert "_auth_user_id" not in client.session


def test_it_is_asked_for_after_a_password_reset_too(confirmed: User, secret: str) -> None:
    confirmed.set_password("another long passphrase")
    confirmed.save()
    client = Client()
    response = client.post("/account/login/", {"login": confirmed.email, "password": "another long passphrase"})
    assert response["Location"].startswith("/account/2fa/authenticate/")


def test_it_shows_recovery_codes_once_there_is_an_app(confirmed: User, secret: str) -> None:
    client = password_accepted(confirmed)
    client.post("/account/2fa/authenticate/", {"code": code_now(secret)})
    assert "recovery codes available" in client.get("/account/2fa/").content.decode()
