from typing import Any, ClassVar, NoReturn

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models.organisations import Organisation
from accounts.models.users import User
from config.ids import uuid7


class AuditAction(models.TextChoices):
    """What can happen to people and organisations; each has one sentence on the page."""

    ORGANISATION_CHANGED = "organisation_changed", _("Organisation changed")
    INVITATION_SENT = "invitation_sent", _("Invitation sent")
    INVITATION_REVOKED = "invitation_revoked", _("Invitation withdrawn")
    INVITATION_ACCEPTED = "invitation_accepted", _("Invitation accepted")
    ROLE_CHANGED = "role_changed", _("Role changed")
    MEMBER_REMOVED = "member_removed", _("Member removed")
    MEMBER_LEFT = "member_left", _("Member left")
    PLAN_CREATED = "plan_created", _("Plan created")
    PLAN_CHANGED = "plan_changed", _("Plan changed")
    PLAN_DELETED = "plan_deleted", _("Plan deleted")
    RUN_STARTED = "run_started", _("Run started")
    RUN_CANCELLED = "run_cancelled", _("Run cancelled")
    REPORT_REQUESTED = "report_requested", _("Report asked for")
    REPORT_CANCELLED = "report_cancelled", _("Report cancelled")
    REPORT_DELETED = "report_deleted", _("Report deleted")
    API_KEY_CREATED = "api_key_created", _("API key made")
    API_KEY_REVOKED = "api_key_revoked", _("API key revoked")
    SHARE_CREATED = "share_created", _("Share link made")
    SHARE_REVOKED = "share_revoked", _("Share link revoked")
    FEED_KEY_CREATED = "feed_key_created", _("Feed key made")
    FEED_KEY_REVOKED = "feed_key_revoked", _("Feed key revoked")
    PRICE_ADDED = "price_added", _("Price added to the price book")
    PRICE_ENDED = "price_ended", _("Price in the price book ended")
    CORRECTION_PROPOSED = "correction_proposed", _("Correction of a listed price proposed")
    DATA_EXPORTED = "data_exported", _("Everything exported")
    DELETION_ASKED = "deletion_asked", _("Deletion of the organisation asked for")
    DELETION_WITHDRAWN = "deletion_withdrawn", _("Deletion of the organisation withdrawn")


class AuditEntryIsImmutable(Exception):
    """An entry of the audit log is written once."""


class AuditEntry(models.Model):
    """One change, written in the transaction of the change: who did what, to what, from where.

    `before` and `after` hold short facts such as a role, never a plan's content, a password or a key.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    actor = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    action = models.CharField(max_length=24, choices=AuditAction)
    subject = models.CharField(max_length=254)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)
    ip = models.GenericIPAddressField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ScopedManager(organisation="organisation")

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit log")
        indexes: ClassVar = [models.Index(fields=["organisation", "-created_at", "-id"], name="audit_by_organisation")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AuditEntryIsImmutable("An entry of the audit log cannot be changed.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise AuditEntryIsImmutable("An entry of the audit log cannot be deleted.")
