from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from config.ids import uuid7
from planner.models.plan import Plan


class FeedKey(models.Model):
    """An address that gives one table of one plan to tools that can send no header, until it expires or is revoked.

    The key is part of the address and opens nothing else. Only a hash of its secret is stored: it is shown once.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="feed_keys")
    table = models.CharField(max_length=40)
    purpose = models.CharField(_("purpose"), max_length=80)
    public_id = models.CharField(max_length=8, unique=True)
    secret_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager(organisation="organisation")

    class Meta:
        verbose_name = _("feed key")
        verbose_name_plural = _("feed keys")
        indexes = [models.Index(fields=["plan", "-created_at", "-id"], name="feed_key_by_plan")]

    def __str__(self) -> str:
        return f"{self.purpose} ({self.prefix}…)"

    @property
    def prefix(self) -> str:
        """The part of the key that is no secret and names it in lists and logs."""
        return f"dgd_feed_{self.public_id}"

    @property
    def is_open(self) -> bool:
        """Whether the key still gives anything."""
        return self.revoked_at is None and self.expires_at > timezone.now()
