"""Signing in, out, and back in with a new password."""

import re

from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from tests.people import PASSWORD, client_of

WRONG = "not the password at all"


def sign_in(client: Client, email: str, password: str) -> bool:
    client.post("/account/login/", {"login": email, "password": password})
    return "_auth_user_id" in client.session


def test_it_signs_in_with_e_mail_in_any_spelling(owner: User) -> None:
    assert sign_in(Client(), "OWNER@Example.ORG", PASSWORD)


def test_it_refuses_a_wrong_password_and_an_unknown_address_alike(owner: User) -> None:
    answers = [
        Client().post("/account/login/", {"login": email, "password": WRONG}).content.decode()
        for email in (owner.email, "nobody@example.org")
    ]
    same = [re.sub(r'value="[^"]*"', "", answer) for answer in answers]
    assert same[0] == same[1]


def test_it_stops_guessing_after_five_wrong_passwords(owner: User) -> None:
    for _ in range(5):
        assert not sign_in(Client(), owner.email, WRONG)
    assert not sign_in(Client(), owner.email, PASSWORD)
    cache.clear()
    assert sign_in(Client(), owner.email, PASSWORD)


def test_it_changes_the_session_when_signing_in(owner: User) -> None:
    client = Client()
    session = client.session
    session["left"] = "draft"
    session.save()
    before = session.session_key
    assert sign_in(client, owner.email, PASSWORD)
    assert client.session.session_key != before


def test_it_signs_out_by_post_only(owner: User) -> None:
    client = client_of(owner)
    client.get("/account/logout/")
    assert "_auth_user_id" in client.session
    client.post("/account/logout/")
    assert "_auth_user_id" not in client.session


def test_it_resets_a_forgotten_password_by_a_link_that_works_once(owner: User) -> None:
    new = "another long passphrase"
    Client().post("/account/password/reset/", {"email": owner.email})
    match = re.search(r"http://testserver(/account/password/reset/key/\S+)", str(mail.outbox[0].body))
    assert match
    client = Client()
    page = client.get(match[1], follow=True)
    client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    assert sign_in(Client(), owner.email, new)
    again = Client().get(match[1], follow=True)
    assert "This link no longer works" in again.content.decode()


def test_it_sends_a_mail_but_no_link_for_an_unknown_address(db: None) -> None:
    response = Client().post("/account/password/reset/", {"email": "nobody@example.org"}, follow=True)
    assert "Check your mail" in response.content.decode()
    assert all("password/reset/key" not in str(message.body) for message in mail.outbox)


def test_it_ends_other_sessions_when_the_password_changes(owner: User) -> None:
    elsewhere = client_of(owner)
    owner.set_password("another long passphrase")
    owner.save()
    assert elsewhere.get("/account/email/").status_code == 302


def test_it_refuses_a_person_who_is_no_longer_active(owner: User) -> None:
    here = client_of(owner)
    owner.is_active = False
    owner.save()
    assert here.get("/account/email/").status_code == 302
    assert not sign_in(Client(), owner.email, PASSWORD)
