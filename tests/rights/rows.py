"""Who may do what: one row per route, and for each method it takes one answer per person.

**A new route needs a row here**, or `test_every_route.py` fails and prints the row with the answers the route gives
now: read each of them critically, then copy the row. For each method a row has five answers, in this order:

    visitor  stranger  viewer  colleague  owner

`stranger` owns another organisation, the other three belong to the one that owns every id; `colleague` is an editor.
An answer is a status, or `login` for the redirect to the sign-in. Methods a row does not name must answer 405.
API keys (one per scope, one of a viewer, one of a stranger, revoked, expired) need no column: what they may follows
from the row. A placeholder with a new name needs a value in `world.py`. `KEYS` is for routes that read keys otherwise.

Each request is undone before the next one, so that the order does not matter; see `WITH` for bodies and headers.
"""

from typing import Any

from tests.api.callers import example

Row = dict[str, str]

OPEN = "200 200 200 200 200"
READ = "401 404 200 200 200"
PAGE = "login 404 200 200 200"
CHANGE = "login 404 403 302 302"
MEMBERS = "login 200 200 200 200"
STAFF = "login 403 403 403 403"
NOTHING = "404 404 404 404 404"
TO_START = "302 302 302 302 302"  # nobody here has begun a draft

# Below /api/v1/.
API: dict[str, Row] = {
    "accelerators": {"GET": OPEN},
    "architectures": {"GET": OPEN},
    "evaluate": {"POST": OPEN},
    "evaluate/trace": {"POST": "400 400 400 400 400"},
    "facts": {"GET": "400 400 400 400 400"},
    "market-scenarios": {"GET": OPEN},
    "openapi.json": {"GET": OPEN},
    "plan-schema.json": {"GET": OPEN},
    "plans": {"GET": "401 200 200 200 200", "POST": "401 201 403 201 201"},
    "plans/<uuid:plan_id>": {"GET": READ, "PUT": "401 404 403 412 412", "DELETE": "401 404 403 412 412"},
    "plans/<uuid:plan_id>/<table:table>": {"GET": READ},
    "plans/<uuid:plan_id>/<table:table>.<table_format:suffix>": {"GET": READ},
    "plans/<uuid:plan_id>/reports": {"GET": READ, "POST": "401 404 403 202 202"},
    "plans/<uuid:plan_id>/revisions": {"GET": READ},
    "plans/<uuid:plan_id>/revisions/<revision:number>": {"GET": READ},
    "plans/<uuid:plan_id>/runs": {"GET": READ, "POST": "401 404 403 200 200"},
    "plans/<uuid:plan_id>/usage/<calendar_month:month>": {"PUT": "401 404 403 501 501"},
    "plans/<uuid:plan_id>/verdict.json": {"GET": READ},
    "plans/<uuid:plan_id>/whatif.<short_format:suffix>": {"GET": READ},
    "plans/<uuid:plan_id>/workbook.xlsx": {
        "GET": READ,
        "POST": "401 404 403 400 400",
        "PUT": "401 404 403 400 400",
    },
    "prices": {"GET": OPEN},
    "prices/history": {"GET": "400 400 400 400 400"},
    "reports/<uuid:report_id>": {"GET": READ, "DELETE": "401 404 403 204 204"},
    "reports/<uuid:report_id>/cancel": {"POST": "401 404 403 409 409"},
    "reports/<uuid:report_id>/report.pdf": {"GET": READ},
    "runs/<uuid:run_id>": {"GET": READ},
    "runs/<uuid:run_id>/<table:table>": {"GET": READ},
    "runs/<uuid:run_id>/<table:table>.<table_format:suffix>": {"GET": READ},
    "runs/<uuid:run_id>/cancel": {"POST": "401 404 403 409 409"},
    "runs/<uuid:run_id>/price-rows": {"GET": READ},
    "runs/<uuid:run_id>/reprice": {"POST": "401 404 403 200 200"},
    "runs/<uuid:run_id>/result": {"GET": READ},
    "runs/<uuid:run_id>/since/<uuid:earlier_id>": {"GET": READ},
    "runs/<uuid:run_id>/trace": {"GET": READ},
    "runs/<uuid:run_id>/workbook.xlsx": {"GET": READ},
}

PAGES: dict[str, Row] = {
    "": {"GET": OPEN},
    "api": {"GET": OPEN},
    "api/recipes/<slug:recipe>": {"GET": OPEN},
    "api/reference": {"GET": OPEN},
    "accessibility": {"GET": OPEN},
    "changelog": {"GET": OPEN},
    "design/components": {"GET": "404 404 404 404 404"},
    "draft": {"GET": TO_START},
    "draft/assumptions": {"GET": TO_START},
    "draft/compare": {"GET": TO_START},
    "draft/finance": {"GET": TO_START},
    "draft/finance/<slug:option>/<slug:table>.csv": {"GET": NOTHING},
    "draft/flips": {"GET": TO_START},
    "draft/inputs/<slug:section>": {"GET": TO_START, "POST": TO_START},
    "draft/inputs/<slug:section>/live": {"POST": "204 204 204 204 204"},
    "draft/inputs/field/<str:path>": {"GET": TO_START},
    "draft/keep": {"POST": "login 302 302 302 302"},
    "draft/method/<slug:page>": {"GET": TO_START},
    "draft/plan.<fileformat:form>": {"GET": NOTHING},
    "draft/questions/<int:step>": {"GET": TO_START, "POST": TO_START},
    "draft/scenarios/<str:key>": {"GET": TO_START, "POST": TO_START},
    "draft/scenarios/new": {"GET": TO_START, "POST": TO_START},
    "draft/tables/<slug:table>.csv": {"GET": NOTHING},
    "draft/trace/<str:figure>": {"GET": TO_START},
    "draft/undo": {"POST": TO_START},
    "draft/what-if": {"GET": TO_START},
    "draft/workbook.xlsx": {"GET": NOTHING},
    "feed/<str:feed_key>/<feed_table:table>.csv": {"GET": OPEN},
    "healthz": {"GET": OPEN},
    "help": {"GET": OPEN},
    "help/keyboard": {"GET": OPEN},
    "invitation/<str:token>": {"GET": "login 404 404 404 404", "POST": "login 404 404 404 404"},
    "method": {"GET": OPEN},
    "method/<slug:page>": {"GET": OPEN},
    "metrics": {"GET": NOTHING},
    "models": {"GET": OPEN},
    "organisation": {"GET": MEMBERS, "POST": "login 422 403 403 422"},
    "organisation/data": {"GET": "login 200 403 403 200"},
    "organisation/data/delete": {"POST": "login 422 403 403 422"},
    "organisation/data/export": {"POST": "login 200 403 403 200"},
    "organisation/data/keep": {"POST": "login 302 403 403 302"},
    "organisation/invitations/<uuid:invitation_id>/revoke": {"POST": "login 404 403 403 302"},
    "organisation/keys": {"GET": MEMBERS, "POST": "login 422 422 422 422"},
    "organisation/keys/<uuid:key_id>/revoke": {"POST": "login 404 404 404 302"},
    "organisation/keys/<uuid:key_id>/rotate": {"POST": "login 404 404 404 200"},
    "organisation/log": {"GET": "login 200 403 403 200"},
    "organisation/people": {"GET": MEMBERS},
    "organisation/people/<uuid:member_id>/remove": {"POST": "login 404 403 403 302"},
    "organisation/people/<uuid:member_id>/role": {"POST": "login 404 403 403 302"},
    "organisation/people/invite": {"POST": "login 422 403 403 422"},
    "organisation/switch/<uuid:organisation_id>": {"POST": "login 404 302 302 302"},
    "plans": {"GET": MEMBERS},
    "plans/<uuid:plan_id>": {"GET": PAGE},
    "plans/<uuid:plan_id>/assumptions": {"GET": PAGE},
    "plans/<uuid:plan_id>/compare": {"GET": PAGE},
    "plans/<uuid:plan_id>/feeds": {"GET": PAGE, "POST": "login 404 403 422 422"},
    "plans/<uuid:plan_id>/feeds/<uuid:feed_id>/revoke": {"POST": CHANGE},
    "plans/<uuid:plan_id>/finance": {"GET": PAGE},
    "plans/<uuid:plan_id>/finance/<slug:option>/<slug:table>.csv": {"GET": PAGE},
    "plans/<uuid:plan_id>/flips": {"GET": PAGE},
    "plans/<uuid:plan_id>/import": {"GET": PAGE, "POST": "login 404 403 422 422"},
    "plans/<uuid:plan_id>/inputs/<slug:section>": {"GET": PAGE, "POST": CHANGE},
    "plans/<uuid:plan_id>/inputs/<slug:section>/live": {"POST": PAGE},
    "plans/<uuid:plan_id>/inputs/field/<str:path>": {"GET": PAGE},
    "plans/<uuid:plan_id>/merge": {"POST": CHANGE},
    "plans/<uuid:plan_id>/method/<slug:page>": {"GET": PAGE},
    "plans/<uuid:plan_id>/plan.<fileformat:form>": {"GET": PAGE},
    "plans/<uuid:plan_id>/revisions": {"GET": PAGE},
    "plans/<uuid:plan_id>/revisions/<int:number>/restore": {"POST": CHANGE},
    "plans/<uuid:plan_id>/revisions/compare": {"GET": PAGE},
    "plans/<uuid:plan_id>/report": {"GET": PAGE, "POST": "login 404 403 422 422"},
    "plans/<uuid:plan_id>/report/list": {"GET": PAGE},
    "plans/<uuid:plan_id>/run": {"POST": CHANGE},
    "plans/<uuid:plan_id>/scenarios/<str:key>": {"GET": "login 404 403 200 200", "POST": "login 404 403 422 422"},
    "plans/<uuid:plan_id>/scenarios/new": {"GET": "login 404 403 200 200", "POST": "login 404 403 422 422"},
    "plans/<uuid:plan_id>/share": {"GET": PAGE, "POST": "login 404 403 422 422"},
    "plans/<uuid:plan_id>/share/<uuid:share_id>/revoke": {"POST": CHANGE},
    "plans/<uuid:plan_id>/start/<int:step>": {"GET": "login 404 403 200 200", "POST": "login 404 403 422 422"},
    "plans/<uuid:plan_id>/state": {"GET": PAGE},
    "plans/<uuid:plan_id>/tables/<slug:table>.csv": {"GET": PAGE},
    "plans/<uuid:plan_id>/trace/<str:figure>": {"GET": PAGE},
    "plans/<uuid:plan_id>/what-if": {"GET": PAGE},
    "plans/<uuid:plan_id>/workbook": {"GET": PAGE, "POST": "login 404 403 422 422"},
    "plans/<uuid:plan_id>/workbook.xlsx": {"GET": PAGE},
    "plans/import": {"GET": MEMBERS, "POST": "login 422 403 422 422"},
    "plans/new": {"GET": OPEN, "POST": OPEN},
    "prices": {"GET": OPEN},
    "prices/accelerators": {"GET": OPEN},
    "prices/book": {"GET": MEMBERS, "POST": "login 422 403 422 422"},
    "prices/book/<uuid:entry_id>/end": {"POST": CHANGE},
    "prices/compare": {"GET": OPEN},
    "prices/correct/<path:model_id>": {"GET": MEMBERS, "POST": "login 422 422 422 422"},
    "prices/costs": {"GET": OPEN},
    "prices/history": {"GET": OPEN},
    "prices/imports": {"GET": STAFF, "POST": STAFF},
    "prices/imports/<uuid:import_id>": {"GET": STAFF, "POST": STAFF},
    "prices/models/<path:model_id>": {"GET": OPEN},
    "prices/outlook": {"GET": OPEN},
    "prices/two-tiers": {"GET": OPEN},
    "prices/verify/<path:model_id>": {"POST": STAFF},
    "readyz": {"GET": "503 503 503 503 503"},
    "reports/<uuid:report_id>/cancel": {"POST": CHANGE},
    "reports/<uuid:report_id>/delete": {"POST": CHANGE},
    "reports/<uuid:report_id>/preview.png": {"GET": PAGE},
    "reports/<uuid:report_id>/report.pdf": {"GET": PAGE},
    "runs/<uuid:run_id>": {"GET": PAGE},
    "runs/<uuid:run_id>/cancel": {"POST": CHANGE},
    "runs/<uuid:run_id>/reprice": {"POST": CHANGE},
    "runs/<uuid:run_id>/since/<uuid:earlier_id>": {"GET": PAGE},
    "runs/<uuid:run_id>/workbook.xlsx": {"GET": PAGE},
    "s/<str:share_token>": {"GET": OPEN, "POST": TO_START},
    "s/<str:share_token>/tables/<slug:table>.csv": {"GET": NOTHING},
    "language": {"GET": OPEN, "POST": "302 302 302 302 302"},
    "status": {"GET": OPEN},
}

WITH: dict[tuple[str, str], dict[str, Any]] = {
    ("POST", "api/v1/evaluate"): {"json": example()},
    ("POST", "plans/<uuid:plan_id>/scenarios/new"): {"form": "name="},
    ("POST", "plans/<uuid:plan_id>/scenarios/<str:key>"): {"form": "name="},
    ("POST", "api/v1/plans"): {"json": example()},
    ("PUT", "api/v1/plans/<uuid:plan_id>"): {"json": example()},
    ("GET", "api/v1/runs/<uuid:run_id>/trace"): {"query": "figure=options.today.npv"},
    ("GET", "plans/<uuid:plan_id>/finance/<slug:option>/<slug:table>.csv"): {"values": {"table": "cash_flow_years"}},
    ("GET", "api/v1/plans/<uuid:plan_id>/<table:table>"): {"values": {"table": "summary"}},
    ("GET", "api/v1/plans/<uuid:plan_id>/<table:table>.<table_format:suffix>"): {"values": {"table": "summary"}},
    ("GET", "api/v1/runs/<uuid:run_id>/<table:table>"): {"values": {"table": "summary"}},
    ("GET", "api/v1/runs/<uuid:run_id>/<table:table>.<table_format:suffix>"): {"values": {"table": "summary"}},
    ("GET", "feed/<str:feed_key>/<feed_table:table>.csv"): {"values": {"table": "summary"}},
    ("POST", "organisation/people/<uuid:member_id>/role"): {"form": "role=owner"},
}
"""What a request of this method and route carries: `json`, `form`, `query`, or other `values` for its placeholders.
Every change by the interface names an old revision (If-Match), so that a 412 means: would have been let through."""

KEYS: dict[str, str] = {}
"""Routes that do not read keys as the rest does, each with the test that shows how they do."""
SIGN_IN = ("account/",)
"""allauth's pages: a person's own account and nothing of an organisation. They are asked too, without rows."""
OPERATORS = ("admin/",)
"""Staff only; nobody of the people here is. They are asked too, without rows."""
