"""Addresses of the pages on which an answer is questioned: what-if and scenarios, for drafts and for plans."""

from django.urls import URLPattern, URLResolver, path

from planner.views import compare, scenarios, what_if

urlpatterns: list[URLPattern | URLResolver] = [
    path("draft/what-if", what_if.draft_what_if, name="draft-what-if"),
    path("draft/compare", compare.draft_compare, name="draft-compare"),
    path("draft/scenarios/new", scenarios.draft_scenario_new, name="draft-scenario-new"),
    path("draft/scenarios/<str:key>", scenarios.draft_scenario, name="draft-scenario"),
    path("plans/<uuid:plan_id>/what-if", what_if.plan_what_if, name="plan-what-if"),
    path("plans/<uuid:plan_id>/compare", compare.plan_compare, name="plan-compare"),
    path("plans/<uuid:plan_id>/scenarios/new", scenarios.plan_scenario_new, name="plan-scenario-new"),
    path("plans/<uuid:plan_id>/scenarios/<str:key>", scenarios.plan_scenario, name="plan-scenario"),
]
