"""Addresses of feeds, recipes and the reference of the interface."""

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from planner.views import feeds


class FeedTable(StringConverter):
    """A name that a table could have."""

    regex = "[a-z_]{1,40}"


register_converter(FeedTable, "feed_table")

urlpatterns: list[URLPattern] = [
    path("plans/<uuid:plan_id>/feeds", feeds.plan_feeds, name="plan-feeds"),
    path("plans/<uuid:plan_id>/feeds/<uuid:feed_id>/revoke", feeds.plan_feed_revoke, name="plan-feed-revoke"),
    path("feed/<str:feed_key>/<feed_table:table>.csv", feeds.feed, name="feed"),
]
