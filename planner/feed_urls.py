"""Addresses of feeds, recipes and the reference of the interface."""

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from planner.views import api_pages, feeds


class FeedTable(StringConverter):
    """A name that a table could have."""

    regex = "[a-z_]{1,40}"


register_converter(FeedTable, "feed_table")

urlpatterns: list[URLPattern] = [
    path("api", api_pages.api_home, name="api-docs"),
    path("api/reference", api_pages.reference, name="api-reference"),
    path("api/recipes/<slug:recipe>", api_pages.recipe_page, name="recipe"),
    path("plans/<uuid:plan_id>/feeds", feeds.plan_feeds, name="plan-feeds"),
    path("plans/<uuid:plan_id>/feeds/<uuid:feed_id>/revoke", feeds.plan_feed_revoke, name="plan-feed-revoke"),
    path("feed/<str:feed_key>/<feed_table:table>.csv", feeds.feed, name="feed"),
]
