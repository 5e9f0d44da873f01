from django.conf import settings
from django.db import models
from django_scopes import ScopedManager

from config.ids import uuid7
from planner.models.plan import Plan


class RevisionIsImmutable(Exception):
    """A stored revision was about to be changed. Save a new revision instead."""


class Revision(models.Model):
    """One state of a plan's document, never edited: what was computed from it stays explainable.

    `document` is canonical JSON as text (not a JSON column: PostgreSQL would reorder keys and rewrite numbers) and
    `digest` is the SHA-256 of these bytes. The database refuses updates by a trigger, see `planner.models.guards`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    document = models.TextField()
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ScopedManager(organisation="organisation")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="revision_number_unique"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="revision_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} revision {self.number}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Insert the row; a second `save` raises `RevisionIsImmutable`."""
        if not self._state.adding:
            raise RevisionIsImmutable(f"Revision {self.number} is stored and cannot change.")
        super().save(force_insert=True)
