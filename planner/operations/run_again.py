from django.db import transaction
from django_scopes import scope

from accounts.models import Organisation
from planner.models import Plan
from planner.operations.run_start import run_start
from planner.plan.errors import PlanInvalid


def runs_again(*, organisation: Organisation, force: bool = False) -> tuple[int, int, list[str]]:
    """Start a run of every plan's latest revision at today's prices, each in its own transaction.

    Return how many runs are new, how many plans had a result for these prices already, and a sentence for each plan
    that cannot be evaluated. `force` computes even what is there.
    """
    new, known, refused = 0, 0, []
    with scope(organisation=organisation):
        for plan in Plan.objects.select_related("organisation").order_by("created_at", "id").iterator():
            try:
                with transaction.atomic():
                    started = run_start(plan=plan, force=force)
            except PlanInvalid as error:
                refused.append(f"{plan.name} ({plan.id}): {error.errors[0].message}")
                continue
            new, known = new + started.created, known + (not started.created)
    return new, known, refused
