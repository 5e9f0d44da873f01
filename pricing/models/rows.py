"""What every catalogue table shares: a row is added once and never edited."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from config.ids import uuid7
from pricing.models.revision import CatalogueRevision


class CatalogueRowIsKept(Exception):
    """A stored catalogue row was about to be changed or deleted. Add a correction instead."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows can be read and added."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise CatalogueRowIsKept("Catalogue rows don't change: add a row that corrects the old one.")

    def delete(self) -> NoReturn:
        raise CatalogueRowIsKept("Catalogue rows are not deleted: add a row that corrects the old one.")

    def in_force(self) -> models.QuerySet[Any]:
        """Rows that no correction has replaced."""
        return self.filter(corrected_by__isnull=True)


class CatalogueRow(models.Model):
    """One row of a catalogue table.

    `row` is the data row as published, text by text, so that no digit is lost; the columns beside it are taken from it
    and exist to be searched. `key` names what the row is about (a model from a date on, an accelerator …). A second
    row with the same key is a correction and points to the one it replaces; a new price is a new date, hence a new key.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    revision = models.ForeignKey(CatalogueRevision, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(_("key"), max_length=500)
    row = models.JSONField(_("row"))
    effective_from = models.DateField(_("in force from"), null=True, blank=True)
    confidence = models.CharField(_("confidence"), max_length=9)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name=_("corrects")
    )

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(corrects__isnull=True), name="%(class)s_first_row_of_key"
            ),
            models.CheckConstraint(
                condition=models.Q(confidence__in=["found", "verified", "unsourced"]), name="%(class)s_confidence"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert the row; a second `save` raises `CatalogueRowIsKept`."""
        if not self._state.adding:
            raise CatalogueRowIsKept(f"{self.key} is stored and does not change: add a row that corrects it.")
        super().save(force_insert=True)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise CatalogueRowIsKept(f"{self.key} is not deleted: add a row that corrects it.")
