import hashlib
import hmac
import secrets
import uuid
from datetime import timedelta

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from accounts.errors import AlreadyMember, InvitationUnusable, Missing, NotAllowed
from accounts.models import AuditAction, Invitation, Membership, Role, User
from accounts.operations.audit import audit_record

DAYS = 7
_UNUSABLE = "This invitation is used, withdrawn, older than seven days, or meant for another e-mail address."


@transaction.atomic
def invitation_send(*, by: Membership, email: str, role: Role) -> tuple[Invitation, str]:
    """Invite an address and return the invitation with its token, which is stored nowhere.

    An open invitation to the same address is withdrawn: only the newest link works.
    """
    _require_owner(by)
    email = email.strip().lower()
    if Membership.objects.filter(organisation=by.organisation, user__email=email).exists():
        raise AlreadyMember(f"{email} belongs to {by.organisation.name} already.")
    now = timezone.now()
    Invitation.objects.filter(organisation=by.organisation, email=email, closed_at=None).update(closed_at=now)
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organisation=by.organisation,
        email=email,
        role=role,
        secret_hash=_hash(secret),
        invited_by=by.user,
        expires_at=now + timedelta(days=DAYS),
    )
    audit_record(
        organisation=by.organisation,
        actor=by.user,
        action=AuditAction.INVITATION_SENT,
        subject=email,
        after={"role": role},
    )
    return invitation, f"{invitation.pk.hex}.{secret}"


def invitation_mail(*, invitation: Invitation, address: str) -> None:
    """Send the link to the invited person."""
    context = {"invitation": invitation, "address": address, "days": DAYS}
    subject = render_to_string("accounts/mail/invitation_subject.txt", context).strip()
    send_mail(subject, render_to_string("accounts/mail/invitation.txt", context), None, [invitation.email])


@transaction.atomic
def invitation_revoke(*, by: Membership, invitation_id: uuid.UUID) -> None:
    """Withdraw an open invitation of the member's organisation."""
    _require_owner(by)
    open_ones = Invitation.objects.filter(organisation=by.organisation, closed_at=None)
    invitation = open_ones.filter(pk=invitation_id).first()
    if invitation is None:
        raise Missing("There is no such invitation.")
    invitation.closed_at = timezone.now()
    invitation.save(update_fields=["closed_at"])
    audit_record(
        organisation=by.organisation, actor=by.user, action=AuditAction.INVITATION_REVOKED, subject=invitation.email
    )


def invitation_read(*, token: str, user: User) -> Invitation:
    """Return the invitation the token stands for, or raise `InvitationUnusable`."""
    with scopes_disabled():
        return _usable(token, user)


@transaction.atomic
def invitation_accept(*, token: str, user: User) -> Membership:
    """Make the person a member; the invitation is used up."""
    with scopes_disabled():
        invitation = _usable(token, user)
        # The update is the one gate: of two attempts at once only one changes a row.
        if not Invitation.objects.filter(pk=invitation.pk, closed_at=None).update(closed_at=timezone.now()):
            raise InvitationUnusable(_UNUSABLE)
    with scope(organisation=invitation.organisation):
        membership, made = Membership.objects.get_or_create(
            organisation=invitation.organisation, user=user, defaults={"role": invitation.role}
        )
        if made:
            audit_record(
                organisation=invitation.organisation,
                actor=user,
                action=AuditAction.INVITATION_ACCEPTED,
                subject=user.email,
                after={"role": membership.role},
            )
    return membership


def _usable(token: str, user: User) -> Invitation:
    number, _, secret = token.partition(".")
    try:
        found = Invitation.objects.select_related("organisation").filter(pk=uuid.UUID(hex=number)).first()
    except ValueError:
        found = None
    # Compared also when nothing was found, so that the time taken tells nothing about which ids exist.
    known = hmac.compare_digest(found.secret_hash if found else _hash(""), _hash(secret))
    if found is None or not known or found.closed_at or found.expires_at <= timezone.now() or found.email != user.email:
        raise InvitationUnusable(_UNUSABLE)
    return found


def _require_owner(by: Membership) -> None:
    if not by.may_manage:
        raise NotAllowed(f"Only owners of {by.organisation.name} invite people. Ask one of them.")


def _hash(secret: str) -> str:
    # 256 random bits need no slow hash: nobody can try them all.
    return hashlib.sha256(secret.encode()).hexdigest()
