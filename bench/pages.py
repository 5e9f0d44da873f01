"""How long pages take at the server: through the whole stack, in a database of their own, with the embedded default.

`python -m bench.pages` prints one line per page; `python -m bench` puts them on the page of figures.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

CALLS = 40
PAGE_MS = 100.0
WHAT_IF_MS = 150.0
TEMPLATE = "support-chat"
REQUESTS = "workloads.chat.requests_per_month"
FRAGMENT = {"HX-Request": "true"}
PLANS = 20
"""Plans in the list, each with a finished run."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A page: what it is called, its address, and whether htmx asks for its fragment."""

    name: str
    address: str
    is_fragment: bool = False
    limit_ms: float = PAGE_MS


def p95_of_pages(calls: int = CALLS) -> list[tuple[Asked, float]]:
    """Processor milliseconds of every page, 95th percentile of `calls` requests, the slowest first."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DANEGELD_DATABASE_URL"] = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        visitor, member, plan, run = _people()
        found = [(asked, _p95(visitor, asked, calls)) for asked in _drafts()]
        found += [(asked, _p95(member, asked, calls)) for asked in _plans(plan, run)]
        return sorted(found, key=lambda pair: -pair[1] / pair[0].limit_ms)


def _drafts() -> list[Asked]:
    return [
        Asked("first page", "/"),
        Asked("results of a draft", "/draft"),
        Asked("results of a draft, its futures", "/draft", is_fragment=True, limit_ms=2 * PAGE_MS),
        Asked("what-if of a draft", "/draft/what-if"),
        Asked("inputs of a draft", "/draft/inputs/use"),
    ]


def _plans(plan: str, run: str) -> list[Asked]:
    """Pages of a plan with a finished run; a what-if asks for another value each time, see `_p95`."""
    at = f"/plans/{plan}"
    return [
        Asked("plans list", "/plans"),
        Asked("results", at),
        Asked("what-if", f"{at}/what-if"),
        Asked("live what-if", f"{at}/what-if?{REQUESTS}=", is_fragment=True, limit_ms=WHAT_IF_MS),
        Asked("compare", f"{at}/compare"),
        Asked("inputs", f"{at}/inputs/use"),
        Asked("assumptions", f"{at}/assumptions"),
        Asked("finance view", f"{at}/finance"),
        Asked("how a figure is worked out", f"{at}/trace/options.today.npv"),
        Asked("revisions", f"{at}/revisions"),
        Asked("run", f"/runs/{run}"),
    ]


def _people() -> tuple[Client, Client, str, str]:
    """A visitor with a draft, and a member with plans whose runs have finished: both browsers, one plan, its run."""
    from django.conf import settings
    from django.test import Client
    from django_scopes import scope

    from accounts.models import User
    from accounts.operations import organisation_create
    from planner.operations.plan_edit import plan_create
    from planner.operations.run_execute import run_execute
    from planner.operations.run_start import run_start
    from planner.plan.examples import template

    settings.RUN_DRAWS = 1024
    person = User.objects.create_user("bench@example.org", "correct horse battery staple")
    organisation = organisation_create(owner=person, name="Bench")
    document = template(TEMPLATE).document
    runs = []
    with scope(organisation=organisation):
        for number in range(PLANS):
            named = {**document, "name": f"{document['name']} {number}"}
            run = run_start(plan=plan_create(organisation=organisation, document=named, created_by=person)).run
            if not run_execute(run_id=run.id):
                raise RuntimeError("The run did not finish.")
            runs.append(run)
    member, visitor = Client(), Client()
    member.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    visitor.post("/plans/new", {"template": TEMPLATE})
    return visitor, member, str(runs[-1].plan_id), str(runs[-1].id)


def _p95(client: Client, asked: Asked, calls: int) -> float:
    taken = []
    for call in range(calls + 2):
        # Nobody drags a slider to where it was: an address that ends open gets another value each time.
        address = f"{asked.address}{2_000_000 + 250_000 * call}" if asked.address.endswith("=") else asked.address
        start = time.process_time()
        answer = client.get(address, headers=FRAGMENT if asked.is_fragment else {})
        taken.append(1e3 * (time.process_time() - start))
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}.")
    return statistics.quantiles(taken[2:], n=20, method="inclusive")[18]


def main() -> None:
    """Print the slowest against its limit first: milliseconds, limit, name, tab between them."""
    for asked, milliseconds in p95_of_pages():
        sys.stdout.write(f"{milliseconds:.1f}\t{asked.limit_ms:g}\t{asked.name}\n")


if __name__ == "__main__":
    main()
