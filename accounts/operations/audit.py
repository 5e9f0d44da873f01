from collections.abc import Mapping

from accounts.models import AuditAction, AuditEntry, Organisation, User
from accounts.origin import current_origin


def audit_record(
    *,
    organisation: Organisation,
    actor: User | None,
    action: AuditAction,
    subject: str,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> AuditEntry:
    """Write one entry; call it inside the transaction of the change, so that both are stored or neither."""
    origin = current_origin()
    return AuditEntry.objects.create(
        organisation=organisation,
        actor=actor,
        action=action,
        subject=subject[:254],
        before=dict(before or {}),
        after=dict(after or {}),
        request_id=origin.request_id,
        ip=origin.ip,
    )
