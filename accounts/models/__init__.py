"""People and organisations. Every row of a tenant elsewhere points to `Organisation`."""

from accounts.models.api_keys import ApiKey, KeyScope
from accounts.models.audit import AuditAction, AuditEntry, AuditEntryIsImmutable
from accounts.models.invitations import Invitation
from accounts.models.memberships import Membership, Role
from accounts.models.organisations import NumberFormat, Organisation
from accounts.models.users import User, UserManager

__all__ = [
    "ApiKey",
    "AuditAction",
    "AuditEntry",
    "AuditEntryIsImmutable",
    "Invitation",
    "KeyScope",
    "Membership",
    "NumberFormat",
    "Organisation",
    "Role",
    "User",
    "UserManager",
]
