from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from config.ids import uuid7
from planner.models.plan import Plan


class Share(models.Model):
    """A link that shows one plan's answer to whoever has it, without an account, until it expires or is revoked.

    Only a hash of the link's secret is stored: the link is shown once. What it hides is taken out of the report before
    anything is rendered, see `planner.report.redaction`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="shares")
    purpose = models.CharField(_("purpose"), max_length=80)
    public_id = models.CharField(max_length=8, unique=True)
    secret_hash = models.CharField(max_length=64)
    password_hash = models.CharField(max_length=128, blank=True, default="")
    hides_people = models.BooleanField(default=True)
    hides_contract_prices = models.BooleanField(default=True)
    hides_notes = models.BooleanField(default=True)
    allows_downloads = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_opened_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager(organisation="organisation")

    class Meta:
        verbose_name = _("share link")
        verbose_name_plural = _("share links")
        indexes = [models.Index(fields=["plan", "-created_at", "-id"], name="share_by_plan")]

    def __str__(self) -> str:
        return f"{self.purpose} ({self.prefix}…)"

    @property
    def prefix(self) -> str:
        """The part of the link that is no secret and names it in lists and logs."""
        return f"dgd_share_{self.public_id}"

    @property
    def is_open(self) -> bool:
        """Whether the link still shows anything."""
        return self.revoked_at is None and self.expires_at > timezone.now()
