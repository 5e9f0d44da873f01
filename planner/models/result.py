from django.db import models
from django_scopes import ScopedManager

from planner.models.run import Run


class Result(models.Model):
    """What a succeeded run answered: the result document as the JSON bytes that are served, one row per run.

    `result_hash` is over the figures at nine significant digits, so that machines which differ in the last bit agree.
    """

    run = models.OneToOneField(Run, on_delete=models.CASCADE, primary_key=True, related_name="result")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    document = models.BinaryField()
    result_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    objects = ScopedManager(organisation="organisation")

    def __str__(self) -> str:
        return f"Result of {self.run_id}"
