"""Feed keys, as one member may see them."""

from django.db.models import QuerySet

from planner.models import FeedKey, Plan


def feed_keys_of(plan: Plan) -> QuerySet[FeedKey]:
    """Return the plan's feed keys, newest first, those that are over included."""
    return plan.feed_keys.select_related("created_by").order_by("-created_at", "-id")
