"""Share links: made, revoked and opened."""

import hmac
import uuid
from dataclasses import asdict, dataclass
from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone
from django_scopes import scopes_disabled

from accounts.errors import Missing
from accounts.key_text import new_key, read_key
from accounts.models import AuditAction, Membership
from accounts.operations.audit import audit_record
from planner.models import Plan, Share

KIND = "share"
DEFAULT_DAYS = 30
MAX_DAYS = 365
_OPENED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class ShareWish:
    """What a link is for, how long it lasts and what it shows. An empty password asks for none."""

    purpose: str
    days: int = DEFAULT_DAYS
    password: str = ""
    hides_people: bool = True
    hides_contract_prices: bool = True
    hides_notes: bool = True
    allows_downloads: bool = False


@transaction.atomic
def share_create(*, by: Membership, plan: Plan, wish: ShareWish) -> tuple[Share, str]:
    """Make a link to the plan's answer and return it with its token, which is stored nowhere.

    Raises ValueError unless it lasts 1 to 365 days.
    """
    if not 1 <= wish.days <= MAX_DAYS:
        raise ValueError(f"A link lasts 1 to {MAX_DAYS} days.")
    text = new_key(KIND)
    kept = {name: value for name, value in asdict(wish).items() if name.startswith(("hides_", "allows_"))}
    share = Share.objects.create(
        organisation_id=plan.organisation_id,
        plan=plan,
        purpose=wish.purpose,
        public_id=text.public_id,
        secret_hash=text.secret_hash,
        password_hash=make_password(wish.password) if wish.password else "",
        created_by=by.user,
        expires_at=timezone.now() + timedelta(days=wish.days),
        **kept,
    )
    facts = {**kept, "expires_at": share.expires_at.isoformat(), "password": bool(wish.password)}
    _audit(by, share, AuditAction.SHARE_CREATED, facts)
    return share, text.text


@transaction.atomic
def share_revoke(*, by: Membership, plan: Plan, share_id: uuid.UUID) -> None:
    """End a link of the plan at once; raises `Missing` when the plan has no such link."""
    share = plan.shares.filter(id=share_id).first()
    if share is None:
        raise Missing("There is no such link.")
    if plan.shares.filter(id=share_id, revoked_at=None).update(revoked_at=timezone.now()):
        _audit(by, share, AuditAction.SHARE_REVOKED, {})


@scopes_disabled()  # who opens a link belongs to no organisation
def share_of(*, token: str) -> Share | None:
    """Return the link a token stands for, also one that is over, or None when there is none.

    The link comes with its plan and organisation: what is read next is read in that organisation's scope.
    """
    read = read_key(token)
    if read is None or read.kind != KIND:
        return None
    found = Share.objects.select_related("plan", "organisation", "created_by").filter(public_id=read.public_id).first()
    # Compared also when nothing was found, so that the time taken tells nothing about which links exist.
    known = hmac.compare_digest(found.secret_hash if found else "0" * 64, read.secret_hash)
    return found if known else None


def share_password_is(*, share: Share, password: str) -> bool:
    """Whether this is the link's password."""
    return check_password(password, share.password_hash)


def share_opened(*, share: Share) -> None:
    """Note that the link was used, at most once a minute."""
    long_ago = timezone.now() - _OPENED_EVERY
    if share.last_opened_at is None or share.last_opened_at < long_ago:
        Share.objects.filter(id=share.id).update(last_opened_at=timezone.now())


def _audit(by: Membership, share: Share, action: AuditAction, after: dict[str, object]) -> None:
    audit_record(
        organisation=by.organisation,
        actor=by.user,
        action=action,
        subject=f"{share} of {share.plan.name}",
        after=after,
    )
