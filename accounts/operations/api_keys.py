import hmac
import uuid
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_scopes import scopes_disabled

from accounts.errors import Missing
from accounts.key_text import new_key, read_key
from accounts.models import ApiKey, AuditAction, KeyScope, Membership
from accounts.operations.audit import audit_record
from accounts.queries import api_keys_of

KIND = "key"
DEFAULT_DAYS = 90
MAX_DAYS = 365
OVERLAP_DAYS = 7
_USED_EVERY = timedelta(minutes=1)


@transaction.atomic
def api_key_create(
    *, by: Membership, name: str, scopes: Sequence[KeyScope], days: int = DEFAULT_DAYS
) -> tuple[ApiKey, str]:
    """Make a key for the member and return it with its text, which is stored nowhere.

    Raises ValueError unless it lasts 1 to 365 days and has a scope.
    """
    if not 1 <= days <= MAX_DAYS:
        raise ValueError(f"A key lasts 1 to {MAX_DAYS} days.")
    if not scopes:
        raise ValueError("A key needs at least one thing it may be used for.")
    text = new_key(KIND)
    key = ApiKey.objects.create(
        organisation=by.organisation,
        user=by.user,
        name=name,
        public_id=text.public_id,
        secret_hash=text.secret_hash,
        scopes=sorted({KeyScope(scope).value for scope in scopes}),
        expires_at=timezone.now() + timedelta(days=days),
    )
    _audit(by, key, AuditAction.API_KEY_CREATED)
    return key, text.text


@transaction.atomic
def api_key_revoke(*, by: Membership, key_id: uuid.UUID) -> None:
    """End a key at once. Members end their own, owners everybody's; raises `Missing` otherwise."""
    key = _own(by, key_id)
    if key.revoked_at is None:
        ApiKey.objects.filter(id=key.id).update(revoked_at=timezone.now())
        _audit(by, key, AuditAction.API_KEY_REVOKED)


@transaction.atomic
def api_key_rotate(*, by: Membership, key_id: uuid.UUID) -> tuple[ApiKey, str]:
    """Make a key like this one; the old one works for at most a week more, so that nothing stands still."""
    old = _own(by, key_id)
    if old.user_id != by.user_id:
        raise Missing("There is no such key.")
    until = min(old.expires_at, timezone.now() + timedelta(days=OVERLAP_DAYS))
    ApiKey.objects.filter(id=old.id).update(expires_at=until)
    return api_key_create(by=by, name=old.name, scopes=[KeyScope(scope) for scope in old.scopes])


@scopes_disabled()  # who asks, and for which organisation, is not known yet
def api_key_use(*, text: str) -> tuple[ApiKey, Membership] | None:
    """Return the key and the membership it acts under, and note the use; None when the key opens nothing.

    A key opens nothing when it is mistyped, unknown, revoked or expired, or when its owner has left or is inactive.
    """
    read = read_key(text)
    if read is None or read.kind != KIND:
        return None
    now = timezone.now()
    key = ApiKey.objects.filter(public_id=read.public_id, revoked_at=None, expires_at__gt=now).first()
    if key is None or not hmac.compare_digest(key.secret_hash, read.secret_hash):
        return None
    members = Membership.objects.select_related("organisation", "user")
    member = members.filter(organisation_id=key.organisation_id, user_id=key.user_id, user__is_active=True).first()
    if member is None:
        return None
    long_ago = Q(last_used_at=None) | Q(last_used_at__lt=now - _USED_EVERY)
    ApiKey.objects.filter(long_ago, id=key.id).update(last_used_at=now)
    return key, member


@scopes_disabled()  # as above
def api_key_why_refused(*, text: str) -> str:
    """Return why a key opens nothing, in words for the person who has it.

    Which key it is and when it ended is told only to whoever knows its secret.
    """
    read = read_key(text)
    if read is None or read.kind != KIND:
        return "it is mistyped"
    key = ApiKey.objects.filter(public_id=read.public_id).first()
    if key is None or not hmac.compare_digest(key.secret_hash, read.secret_hash):
        return "it is unknown"
    if key.revoked_at is not None:
        return f"{key.prefix}… was revoked on {key.revoked_at:%Y-%m-%d}"
    if key.expires_at <= timezone.now():
        return f"{key.prefix}… expired on {key.expires_at:%Y-%m-%d}"
    return f"the owner of {key.prefix}… has left"


def _own(by: Membership, key_id: uuid.UUID) -> ApiKey:
    key = next((key for key in api_keys_of(by) if key.id == key_id), None)
    if key is None:
        raise Missing("There is no such key.")
    return key


def _audit(by: Membership, key: ApiKey, action: AuditAction) -> None:
    facts = {"scopes": key.scopes, "expires_at": key.expires_at.isoformat()}
    audit_record(organisation=by.organisation, actor=by.user, action=action, subject=str(key), after=facts)
