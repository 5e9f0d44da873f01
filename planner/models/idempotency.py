from django.db import models
from django_scopes import ScopedManager


class IdempotentRequest(models.Model):
    """One request that named an `Idempotency-Key`, and the answer it got, kept for a day.

    The row is inserted before the work starts (`status` null): the unique constraint makes two equal requests one.
    """

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    principal = models.CharField(max_length=80)
    method = models.CharField(max_length=8)
    path = models.CharField(max_length=500)
    key = models.CharField(max_length=255)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=bytes)
    created_at = models.DateTimeField()

    objects = ScopedManager(organisation="organisation")

    class Meta:
        indexes = [models.Index(fields=["created_at"], name="idempotent_by_age")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "principal", "method", "path", "key"], name="idempotency_key_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.key}"
