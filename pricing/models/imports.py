"""What price lists would change, kept until a person or a rule has decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from config.ids import uuid7

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class PriceImport(models.Model):
    """One comparison of a price list with the catalogue. Nothing changes by it: its differences are decided."""

    if TYPE_CHECKING:
        differences: RelatedManager[ImportDifference]

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    package = models.CharField(_("price list"), max_length=120)
    taken_on = models.DateField(_("taken on"))
    records = models.PositiveIntegerField(_("prices in the list"))
    made_at = models.DateTimeField(_("compared"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("price import")
        verbose_name_plural = _("price imports")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.package}, {self.taken_on}"


class ImportDifference(models.Model):
    """One change an import proposes."""

    class Kind(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        VANISHED = "vanished", _("vanished")
        CORRECTS = "corrects", _("correction")

    class Decision(models.TextChoices):
        PENDING = "pending", _("to decide")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    price_import = models.ForeignKey(PriceImport, on_delete=models.CASCADE, related_name="differences")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    model_id = models.CharField(_("model"), max_length=200)
    incoming = models.JSONField(_("proposed row"), null=True, blank=True)
    stored = models.JSONField(_("stored row"), null=True, blank=True)
    reasons = models.JSONField(_("why to look twice"), default=list, blank=True)
    is_plain = models.BooleanField(_("a rule may accept it"))
    decision = models.CharField(_("decision"), max_length=8, choices=Decision, default=Decision.PENDING)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("difference")
        verbose_name_plural = _("differences")
        ordering = ["is_plain", "model_id", "id"]
        indexes = [models.Index(fields=["price_import", "decision"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decision="pending") | models.Q(decided_at__isnull=False),
                name="importdifference_decided_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.model_id}"
