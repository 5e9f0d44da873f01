"""A key's owner hears of its end two weeks before, once."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from django_scopes import scope

from accounts.models import ApiKey, KeyScope, Membership, User
from accounts.operations.api_keys import api_key_create, api_key_revoke
from accounts.operations.notices import expiring_keys_tell
from planner.operations.run_sweep import sweep


def key_for(user: User, days: int) -> ApiKey:
    member = Membership.objects.select_related("organisation", "user").get(user=user)
    with scope(organisation=member.organisation):
        key, _text = api_key_create(by=member, name="Nightly", scopes=[KeyScope.PLANS_READ], days=days)
        return key


def age(key: ApiKey, days: float) -> None:
    with scope(organisation=key.organisation):
        ApiKey.objects.filter(pk=key.pk).update(expires_at=timezone.now() + timedelta(days=days))


def test_it_tells_the_owner_once(colleague: User) -> None:
    key = key_for(colleague, 90)
    sweep()
    assert mail.outbox == []
    age(key, 13.9)
    sweep()
    sweep()
    assert [message.to for message in mail.outbox] == [["colleague@example.org"]]
    assert "Nightly" in mail.outbox[0].subject
    assert key.prefix in mail.outbox[0].body


def test_it_is_silent_about_keys_that_are_over(colleague: User) -> None:
    expired, revoked = key_for(colleague, 90), key_for(colleague, 1)
    age(expired, -1)
    with scope(organisation=revoked.organisation):
        api_key_revoke(by=Membership.objects.get(user=colleague), key_id=revoked.pk)
    assert expiring_keys_tell() == 0


def test_it_tries_again_when_the_mail_server_is_away(colleague: User, monkeypatch: pytest.MonkeyPatch) -> None:
    key_for(colleague, 10)

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise smtplib.SMTPServerDisconnected("away")

    with monkeypatch.context() as away:
        away.setattr("accounts.operations.notices.send_mail", refuse)
        assert expiring_keys_tell() == 0
    assert expiring_keys_tell() == 1
