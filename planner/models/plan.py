from django.conf import settings
from django.db import models
from django_scopes import ScopedManager

from config.ids import uuid7


class Plan(models.Model):
    """One decision an organisation is looking at; what it says is in its revisions.

    `name` repeats the name inside the latest document, so that a list of plans opens no document.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="plans")
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Counters instead of max()+1: an UPDATE takes the row lock, so two writers never get the same number, and the
    # number of a deleted revision or run is not given out again.
    latest_revision_number = models.PositiveIntegerField(default=0)
    latest_run_number = models.PositiveIntegerField(default=0)

    objects = ScopedManager(organisation="organisation")

    class Meta:
        indexes = [models.Index(fields=["organisation", "created_at", "id"], name="plan_by_organisation")]

    def __str__(self) -> str:
        return self.name
