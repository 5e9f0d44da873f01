"""System checks: a deployment that would lose or repeat runs is refused with a hint, before it starts."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register("danegeld")
def check_lease(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A lease must outlive several heartbeats and end before a person gives up waiting."""
    if settings.SWEEP_SECONDS <= settings.RUN_LEASE_SECONDS:
        return []
    return [
        Error(
            f"The sweeper runs every {settings.SWEEP_SECONDS} s, more rarely than a lease of "
            f"{settings.RUN_LEASE_SECONDS} s ends, so that the runs of a dead worker wait for the sweeper.",
            hint="Set DANEGELD_SWEEP_SECONDS to at most DANEGELD_RUN_LEASE_SECONDS.",
            id="planner.E001",
        )
    ]


@register("danegeld")
def check_messages_are_hints(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The table decides about attempts; a broker that repeats messages on its own would count beside it."""
    repeating = ("CELERY_TASK_ACKS_LATE", "CELERY_TASK_REJECT_ON_WORKER_LOST", "CELERY_TASK_RETRY_ON_WORKER_LOST")
    return [
        Error(
            f"{name} is on, but attempts are counted in the table of runs: a run that kills its worker would be "
            "repeated for ever.",
            hint=f"Remove {name} from the settings.",
            id="planner.E002",
        )
        for name in repeating
        if getattr(settings, name, False)
    ]
