"""Feed keys: made, revoked and used."""

import hmac
import uuid
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_scopes import scopes_disabled

from accounts.errors import Missing
from accounts.key_text import new_key, read_key
from accounts.models import AuditAction, Membership
from accounts.operations.audit import audit_record
from planner.models import FeedKey, Plan

KIND = "feed"
DEFAULT_DAYS = 180
MAX_DAYS = 365
_USED_EVERY = timedelta(minutes=1)


@transaction.atomic
def feed_key_create(
    *, by: Membership, plan: Plan, table: str, purpose: str, days: int = DEFAULT_DAYS
) -> tuple[FeedKey, str]:
    """Make a key to one table of the plan and return it with its text, which is stored nowhere.

    Raises ValueError unless it lasts 1 to 365 days.
    """
    if not 1 <= days <= MAX_DAYS:
        raise ValueError(f"A feed key lasts 1 to {MAX_DAYS} days.")
    text = new_key(KIND)
    key = FeedKey.objects.create(
        organisation_id=plan.organisation_id,
        plan=plan,
        table=table,
        purpose=purpose,
        public_id=text.public_id,
        secret_hash=text.secret_hash,
        created_by=by.user,
        expires_at=timezone.now() + timedelta(days=days),
    )
    _audit(by, key, AuditAction.FEED_KEY_CREATED, {"table": table, "expires_at": key.expires_at.isoformat()})
    return key, text.text


@transaction.atomic
def feed_key_revoke(*, by: Membership, plan: Plan, key_id: uuid.UUID) -> None:
    """End a key of the plan at once; raises `Missing` when the plan has no such key."""
    key = plan.feed_keys.filter(id=key_id).first()
    if key is None:
        raise Missing("There is no such feed key.")
    if plan.feed_keys.filter(id=key_id, revoked_at=None).update(revoked_at=timezone.now()):
        _audit(by, key, AuditAction.FEED_KEY_REVOKED, {})


@scopes_disabled()  # who reads a feed belongs to no organisation
def feed_key_of(*, text: str, table: str) -> FeedKey | None:
    """Return the key a text stands for, also one that is over, or None when it opens no such table.

    It comes with its plan and organisation: what is read next is read in that organisation's scope.
    """
    read = read_key(text)
    if read is None or read.kind != KIND:
        return None
    keys = FeedKey.objects.select_related("plan__organisation", "organisation")
    found = keys.filter(public_id=read.public_id).first()
    # Compared also when nothing was found, so that the time taken tells nothing about which keys exist.
    known = hmac.compare_digest(found.secret_hash if found else "0" * 64, read.secret_hash)
    return found if found is not None and known and found.table == table else None


def feed_key_used(*, key: FeedKey) -> None:
    """Note that the key was used, at most once a minute."""
    now = timezone.now()
    long_ago = Q(last_used_at=None) | Q(last_used_at__lt=now - _USED_EVERY)
    FeedKey.objects.filter(long_ago, id=key.id).update(last_used_at=now)


def _audit(by: Membership, key: FeedKey, action: AuditAction, after: dict[str, object]) -> None:
    subject = f"{key} of {key.plan.name}"
    audit_record(organisation=by.organisation, actor=by.user, action=action, subject=subject, after=after)
