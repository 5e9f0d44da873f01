"""Mails nobody asked for at that moment: a key is about to expire."""

from datetime import timedelta

import structlog
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import timezone
from django_scopes import scopes_disabled

from accounts.models import ApiKey

NOTICE_DAYS = 14
_BATCH = 50

log = structlog.get_logger("danegeld.notices")


@scopes_disabled()  # the sweeper works for all
def expiring_keys_tell() -> int:
    """Tell the owners of keys that expire within 14 days, each once; return how many mails went out.

    A key made for fewer days than that is told of too: a program that stops without a word is worse than one mail.
    """
    now = timezone.now()
    soon = ApiKey.objects.filter(
        expiry_told_at=None, revoked_at=None, expires_at__gt=now, expires_at__lte=now + timedelta(days=NOTICE_DAYS)
    )
    sent = 0
    for key in soon.select_related("user", "organisation").filter(user__is_active=True)[:_BATCH]:
        # The update is the one gate: of two sweepers only one changes the row.
        if not soon.filter(pk=key.pk).update(expiry_told_at=now):
            continue
        try:
            _mail(key)
        except OSError as error:
            ApiKey.objects.filter(pk=key.pk).update(expiry_told_at=None)
            log.warning("mail_failed", key=key.prefix, error=type(error).__name__)
            return sent
        sent += 1
    return sent


def _mail(key: ApiKey) -> None:
    context = {"key": key, "organisation": key.organisation}
    subject = render_to_string("accounts/mail/key_expires_subject.txt", context).strip()
    send_mail(subject, render_to_string("accounts/mail/key_expires.txt", context), None, [key.user.email])
