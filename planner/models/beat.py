from django.db import models


class ServiceBeat(models.Model):
    """When a background process was last seen at work: `/readyz` asks. Belongs to the installation, not to a tenant."""

    name = models.CharField(max_length=40, primary_key=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
