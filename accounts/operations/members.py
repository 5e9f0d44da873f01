import uuid

from django.db import transaction

from accounts.errors import LastOwner, Missing, NotAllowed
from accounts.models import AuditAction, Membership, Organisation, Role
from accounts.operations.audit import audit_record


@transaction.atomic
def role_change(*, by: Membership, member_id: uuid.UUID, role: Role) -> Membership:
    """Give a member of the same organisation another role; the last owner keeps theirs."""
    member = _member_to_change(by, member_id)
    before = member.role
    if before == role:
        return member
    if before == Role.OWNER:
        _refuse_last_owner(member)
    member.role = role
    member.save(update_fields=["role"])
    audit_record(
        organisation=by.organisation,
        actor=by.user,
        action=AuditAction.ROLE_CHANGED,
        subject=member.user.email,
        before={"role": before},
        after={"role": role},
    )
    return member


@transaction.atomic
def member_remove(*, by: Membership, member_id: uuid.UUID) -> None:
    """End somebody's membership. Members may end their own; the last owner stays."""
    member = _member_locked(by, member_id)
    leaves = member.user_id == by.user_id
    if not leaves:
        _require_owner(by)
    if member.role == Role.OWNER:
        _refuse_last_owner(member)
    audit_record(
        organisation=by.organisation,
        actor=by.user,
        action=AuditAction.MEMBER_LEFT if leaves else AuditAction.MEMBER_REMOVED,
        subject=member.user.email,
        before={"role": member.role},
    )
    member.delete()


def _member_to_change(by: Membership, member_id: uuid.UUID) -> Membership:
    member = _member_locked(by, member_id)
    _require_owner(by)
    return member


def _member_locked(by: Membership, member_id: uuid.UUID) -> Membership:
    """Return the member with the organisation's row locked.

    Two owners who demote each other at the same moment must not both see the other one as the remaining owner.
    """
    Organisation.objects.select_for_update().get(pk=by.organisation_id)
    by.refresh_from_db(fields=["role"])
    found = Membership.objects.select_related("user", "organisation")
    member = found.filter(organisation_id=by.organisation_id, pk=member_id).first()
    if member is None:
        raise Missing("There is no such member.")
    return member


def _require_owner(by: Membership) -> None:
    if not by.may_manage:
        raise NotAllowed(f"Only owners of {by.organisation.name} manage its people. Ask one of them.")


def _refuse_last_owner(member: Membership) -> None:
    others = Membership.objects.filter(organisation_id=member.organisation_id, role=Role.OWNER).exclude(pk=member.pk)
    if not others.exists():
        raise LastOwner(
            f"{member.user.email} is the last owner of {member.organisation.name}. Make somebody else an owner first."
        )
