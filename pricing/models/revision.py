"""The states the catalogue has been in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CatalogueRevision(models.Model):
    """One addition of rows. Numbered, so that a cache or a run can say which state of the catalogue it saw."""

    number = models.BigAutoField(primary_key=True)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    label = models.CharField(_("label"), max_length=200)
    rows_added = models.PositiveIntegerField(_("rows added"))

    class Meta:
        verbose_name = _("catalogue revision")
        verbose_name_plural = _("catalogue revisions")
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.number}: {self.label}"
