"""Addresses of the planner's pages."""

from django.urls import URLPattern, URLResolver, path

from planner.views import assumptions, design, drafts, finance, flips, inputs, models, pages, plans, runs, trace

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.landing, name="landing"),
    path("models", models.model_search, name="model-search"),
    path("draft", drafts.draft_results, name="draft"),
    path("draft/assumptions", assumptions.draft_assumptions, name="draft-assumptions"),
    path("draft/inputs/<slug:section>", inputs.draft_inputs, name="draft-inputs"),
    path("draft/flips", flips.draft_flips, name="draft-flips"),
    path("draft/questions/<int:step>", drafts.draft_question, name="draft-question"),
    path("draft/tables/<slug:table>.csv", drafts.draft_table, name="draft-table"),
    path("draft/finance", finance.draft_finance, name="draft-finance"),
    path("draft/finance/<slug:option>/<slug:table>.csv", finance.draft_finance_file, name="draft-finance-file"),
    path("draft/trace/<str:figure>", trace.draft_trace, name="draft-trace"),
    path("draft/keep", drafts.draft_keep, name="draft-keep"),
    path("plans", plans.plan_list, name="plan-list"),
    path("plans/new", pages.plan_new, name="plan-new"),
    path("plans/<uuid:plan_id>", plans.plan_results, name="plan-results"),
    path("plans/<uuid:plan_id>/assumptions", assumptions.plan_assumptions, name="plan-assumptions"),
    path("plans/<uuid:plan_id>/inputs/<slug:section>", inputs.plan_inputs, name="plan-inputs"),
    path("plans/<uuid:plan_id>/flips", flips.plan_flips, name="plan-flips"),
    path("plans/<uuid:plan_id>/start/<int:step>", plans.plan_question, name="plan-question"),
    path("plans/<uuid:plan_id>/run", runs.run_begin, name="plan-run"),
    path("plans/<uuid:plan_id>/state", runs.run_state, name="plan-state"),
    path("plans/<uuid:plan_id>/tables/<slug:table>.csv", plans.plan_table, name="plan-table"),
    path("plans/<uuid:plan_id>/finance", finance.plan_finance, name="plan-finance"),
    path(
        "plans/<uuid:plan_id>/finance/<slug:option>/<slug:table>.csv",
        finance.plan_finance_file,
        name="plan-finance-file",
    ),
    path("plans/<uuid:plan_id>/trace/<str:figure>", trace.plan_trace, name="plan-trace"),
    path("runs/<uuid:run_id>", runs.run_page, name="run"),
    path("runs/<uuid:run_id>/cancel", runs.run_stop, name="run-cancel"),
    path("design/components", design.components, name="design-components"),
]
