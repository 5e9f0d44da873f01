"""Who belongs where. Every function takes the person it answers for."""

import uuid

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.db.models.functions import Now

from accounts.errors import Missing
from accounts.models import ApiKey, AuditEntry, Invitation, Membership, User


def membership_current(
    *, user: User | AnonymousUser, organisation_id: str | uuid.UUID | None = None
) -> Membership | None:
    """Return the person's membership in the wished organisation, or the oldest one, or None for a visitor.

    An organisation the person does not belong to is passed over as if it did not exist.
    """
    if not isinstance(user, User):
        return None
    mine = (
        Membership.objects.select_related("organisation")
        .filter(user=user, user__is_active=True)
        .order_by("created_at", "id")
    )
    wished = _uuid_or_none(organisation_id)
    return (mine.filter(organisation_id=wished).first() if wished else None) or mine.first()


def memberships_of(*, user: User) -> list[Membership]:
    """Return every membership of the person, oldest first, each with its organisation."""
    return list(Membership.objects.select_related("organisation").filter(user=user).order_by("created_at", "id"))


def membership_in(*, user: User, organisation_id: uuid.UUID) -> Membership:
    """Return the person's membership in this organisation, or raise `Missing`."""
    found = Membership.objects.select_related("organisation").filter(user=user, organisation_id=organisation_id).first()
    if found is None:
        raise Missing("There is no such organisation.")
    return found


def members_of(member: Membership) -> list[Membership]:
    """Return everybody in the member's organisation, in the order they joined."""
    found = Membership.objects.select_related("user").filter(organisation_id=member.organisation_id)
    return list(found.order_by("created_at", "id"))


def invitations_open(member: Membership) -> list[Invitation]:
    """Return the invitations of the member's organisation that can still be accepted."""
    found = Invitation.objects.filter(organisation_id=member.organisation_id, closed_at=None)
    return list(found.filter(expires_at__gt=Now()).order_by("created_at", "id"))


def api_keys_of(member: Membership) -> QuerySet[ApiKey]:
    """Return the keys the member may see, newest first: their own, and for owners everybody's."""
    found = ApiKey.objects.select_related("user").filter(organisation_id=member.organisation_id)
    mine = found if member.may_manage else found.filter(user_id=member.user_id)
    return mine.order_by("-created_at", "-id")


def audit_entries(member: Membership) -> QuerySet[AuditEntry]:
    """Return the log of the member's organisation, newest first."""
    found = AuditEntry.objects.select_related("actor").filter(organisation_id=member.organisation_id)
    return found.order_by("-created_at", "-id")


def _uuid_or_none(value: str | uuid.UUID | None) -> uuid.UUID | None:
    if isinstance(value, uuid.UUID):
        return value
    try:
        return uuid.UUID(value or "")
    except ValueError:
        return None
