from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models.organisations import Organisation
from accounts.models.users import User
from config.ids import uuid7


class KeyScope(models.TextChoices):
    """What a key may be used for; never more than its owner's role allows."""

    PLANS_READ = "plans:read", _("Read plans and results")
    PLANS_WRITE = "plans:write", _("Change plans and start runs")


class ApiKey(models.Model):
    """A person's key for programs, in one organisation. The secret is shown once; here is its SHA-256.

    The secret has 256 random bits, so a fast hash is enough. The key dies with its owner's membership.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    public_id = models.CharField(max_length=8, unique=True)
    secret_hash = models.CharField(max_length=64)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    expiry_told_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager(organisation="organisation")

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        indexes: ClassVar = [models.Index(fields=["organisation", "-created_at"], name="api_key_by_organisation")]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @property
    def prefix(self) -> str:
        """The part of the key that is no secret and names it in lists and logs."""
        return f"dgd_key_{self.public_id}"

    def may(self, scope: KeyScope) -> bool:
        """Whether the key was given this scope."""
        return scope.value in self.scopes
