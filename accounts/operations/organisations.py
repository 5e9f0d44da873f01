from collections.abc import Mapping

from django.db import transaction

from accounts.errors import NotAllowed
from accounts.models import AuditAction, Membership, Organisation, Role, User
from accounts.operations.audit import audit_record


@transaction.atomic
def organisation_create(*, owner: User, name: str, currency: str = "USD") -> Organisation:
    """Store an organisation whose first member, as owner, is the given person."""
    organisation = Organisation.objects.create(name=name, currency=currency)
    Membership.objects.create(organisation=organisation, user=owner, role=Role.OWNER)
    return organisation


@transaction.atomic
def organisation_change(*, by: Membership, values: Mapping[str, object]) -> Organisation:
    """Store new names and defaults; `values` are checked fields of the organisation. Writes what differs."""
    if not by.may_manage:
        raise NotAllowed(f"Only owners of {by.organisation.name} change it. Ask one of them.")
    organisation = Organisation.objects.select_for_update().get(pk=by.organisation_id)
    before = {name: getattr(organisation, name) for name in values}
    changed = [name for name, value in values.items() if before[name] != value]
    if not changed:
        return organisation
    for name in changed:
        setattr(organisation, name, values[name])
    organisation.save(update_fields=changed)
    audit_record(
        organisation=organisation,
        actor=by.user,
        action=AuditAction.ORGANISATION_CHANGED,
        subject=organisation.name,
        before={name: before[name] for name in changed},
        after={name: values[name] for name in changed},
    )
    return organisation
