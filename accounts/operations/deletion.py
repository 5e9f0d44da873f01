"""Deleting an organisation with everything it has, after a time to think, and deleting one's own account, at once."""

import uuid
from datetime import timedelta
from graphlib import TopologicalSorter

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import connection, models, transaction
from django.utils import timezone
from django_scopes import scopes_disabled

from accounts.errors import ConfirmationWrong, LastOwner, NotAllowed
from accounts.models import ApiKey, AuditAction, AuditEntry, Invitation, Membership, Organisation, Role, User
from accounts.operations.audit import audit_record
from accounts.row_security import FORGET_LOG, tenant_models

GRACE_DAYS = 30
_BATCH = 20


@transaction.atomic
def organisation_delete_ask(*, by: Membership, typed_name: str) -> Organisation:
    """Have the organisation deleted in 30 days. Raises `ConfirmationWrong` unless its name was typed."""
    organisation = _to_manage(by)
    if typed_name.strip() != organisation.name:
        raise ConfirmationWrong(f"Type the name as it stands: {organisation.name}")
    if organisation.deletion_due_at is None:
        organisation.deletion_due_at = timezone.now() + timedelta(days=GRACE_DAYS)
        organisation.save(update_fields=["deletion_due_at"])
        _audit(by, AuditAction.DELETION_ASKED, {"due": organisation.deletion_due_at.isoformat()})
    return organisation


@transaction.atomic
def organisation_delete_withdraw(*, by: Membership) -> Organisation:
    """Keep the organisation after all."""
    organisation = _to_manage(by)
    if organisation.deletion_due_at is not None:
        organisation.deletion_due_at = None
        organisation.save(update_fields=["deletion_due_at"])
        _audit(by, AuditAction.DELETION_WITHDRAWN, {})
    return organisation


@scopes_disabled()  # the sweeper works for all
def organisations_purge() -> list[uuid.UUID]:
    """Delete every organisation whose time is over, with everything it has; return their ids."""
    due = Organisation.objects.filter(deletion_due_at__lte=timezone.now()).order_by("deletion_due_at")
    purged = []
    for organisation_id in list(due.values_list("pk", flat=True)[:_BATCH]):
        with transaction.atomic():
            locked = due.select_for_update(skip_locked=True).filter(pk=organisation_id).first()
            if locked is not None:
                _purge(locked)
                purged.append(organisation_id)
    return purged


@transaction.atomic
def account_delete(*, user: User, typed_email: str) -> None:
    """Forget a person: address, name, password, second factors, keys, memberships.

    The row stays without any of these, so that logs and revisions still tell one author from another. Raises
    `LastOwner` while somebody else's work would be left without an owner, `ConfirmationWrong` unless the address was
    typed.
    """
    if typed_email.strip().lower() != user.email:
        raise ConfirmationWrong(f"Type your e-mail address: {user.email}")
    for member in Membership.objects.select_related("organisation").filter(user=user):
        _leave_to_others(member)
    with scopes_disabled():
        ApiKey.objects.filter(user=user).delete()
        Invitation.objects.filter(email=user.email).delete()
    Membership.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    user.email, user.name, user.is_active, user.is_staff, user.is_superuser = _nobody(user), "", False, False, False
    user.set_unusable_password()
    user.save()


def _to_manage(by: Membership) -> Organisation:
    if not by.may_manage:
        raise NotAllowed(f"Only owners of {by.organisation.name} delete it. Ask one of them.")
    return Organisation.objects.select_for_update().get(pk=by.organisation_id)


def _leave_to_others(member: Membership) -> None:
    organisation = Organisation.objects.select_for_update().get(pk=member.organisation_id)
    owners = Membership.objects.filter(organisation=organisation, role=Role.OWNER).exclude(user=member.user)
    if member.role == Role.OWNER and not owners.exists() and organisation.deletion_due_at is None:
        raise LastOwner(
            f"You are the last owner of {organisation.name}. Make somebody else an owner, or delete it first."
        )


def _nobody(user: User) -> str:
    return f"deleted-{user.pk.hex}@invalid.example"


def _purge(organisation: Organisation) -> None:
    for model in _children_first():
        if model is AuditEntry:
            _forget_log(organisation)
        else:
            model._default_manager.filter(organisation=organisation).delete()
    Membership.objects.filter(organisation=organisation).delete()
    # Not .delete(): that would ask for every related table again, the log included, which the app role may not touch.
    Organisation.objects.filter(pk=organisation.pk)._raw_delete(Organisation.objects.db)


def _children_first() -> list[type[models.Model]]:
    """The tenants' tables, each before those it points to."""
    tables = set(tenant_models())
    order: TopologicalSorter[type[models.Model]] = TopologicalSorter()
    for model in tables:
        order.add(model)
        for field in model._meta.concrete_fields:
            target = field.related_model
            if isinstance(target, type) and target in tables and target is not model:
                order.add(target, model)
    return list(order.static_order())


def _forget_log(organisation: Organisation) -> None:
    """Delete the log of an organisation that is due: in PostgreSQL by a function of the owner, which checks that."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {FORGET_LOG}(%s)", [organisation.pk])
    else:
        AuditEntry.objects.filter(organisation=organisation)._raw_delete(AuditEntry.objects.db)


def _audit(by: Membership, action: AuditAction, after: dict[str, object]) -> None:
    audit_record(organisation=by.organisation, actor=by.user, action=action, subject=by.organisation.name, after=after)
