"""Share links, as one member may see them."""

from django.db.models import QuerySet

from planner.models import Plan, Share


def shares_of(plan: Plan) -> QuerySet[Share]:
    """Return the plan's links, newest first, those that are over included."""
    return plan.shares.select_related("created_by").order_by("-created_at", "-id")
