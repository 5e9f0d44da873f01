"""Writes to people and organisations."""

from accounts.operations.audit import audit_record
from accounts.operations.deletion import (
    account_delete,
    organisation_delete_ask,
    organisation_delete_withdraw,
    organisations_purge,
)
from accounts.operations.export import organisation_export
from accounts.operations.invitations import (
    invitation_accept,
    invitation_mail,
    invitation_read,
    invitation_revoke,
    invitation_send,
)
from accounts.operations.members import member_remove, role_change
from accounts.operations.organisations import organisation_change, organisation_create
from accounts.operations.signup import account_open

__all__ = [
    "account_delete",
    "account_open",
    "audit_record",
    "invitation_accept",
    "invitation_mail",
    "invitation_read",
    "invitation_revoke",
    "invitation_send",
    "member_remove",
    "organisation_change",
    "organisation_create",
    "organisation_delete_ask",
    "organisation_delete_withdraw",
    "organisation_export",
    "organisations_purge",
    "role_change",
]
