"""What the drills are made of: starting runs, asking over HTTP, and counting what became of them."""

import http.client
import json
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from tests.faults.house import House

Figures = dict[str, Any]


@dataclass(frozen=True)
class Size:
    """How much a drill does, short (in every test run) and full (`make faults`)."""

    runs: int
    faults: int


@dataclass(frozen=True)
class Busy:
    """So many runs have succeeded and a worker holds another one, or all is done."""

    after: int

    def __call__(self) -> bool:
        return (succeeded() >= self.after and bool(running())) or all_final()


@dataclass(frozen=True)
class PutBack:
    """None of these interrupted runs is still held by the first claim."""

    run_ids: list[str]

    def __call__(self) -> bool:
        return not runs().filter(id__in=self.run_ids, attempts__lt=2, state="running").exists()


@dataclass(frozen=True)
class TakenUpAgain:
    """Each of these interrupted runs has been claimed a second time, or has ended."""

    run_ids: list[str]

    def __call__(self) -> bool:
        waiting = runs().filter(id__in=self.run_ids, attempts__lt=2).exclude(state__in=_FINAL)
        return not waiting.exists()


@dataclass(frozen=True)
class Ended:
    """Each of these runs has ended."""

    run_ids: list[str]

    def __call__(self) -> bool:
        return all_final(self.run_ids)


@dataclass(frozen=True)
class HttpCaller:
    """A program with an API key that talks to the house's web server."""

    port: int
    key: str

    def send(self, method: str, path: str, body: Any, headers: dict[str, str]) -> tuple[int, Any]:
        """Send a request to the interface and return status and JSON."""
        status, answer, _headers = self._exchange(method, f"/api/v1/{path}", body, headers)
        return status, json.loads(answer)

    def ask(self, method: str, path: str, body: Any) -> tuple[int, Any, dict[str, str]]:
        """As `send`, with the answer's headers; status 0 when nobody took the connection."""
        try:
            status, answer, headers = self._exchange(method, f"/api/v1/{path}", body, {})
        except (OSError, http.client.HTTPException):
            return 0, None, {}
        assert headers.get("Content-Type", "").startswith("application/"), (status, answer[:500])
        return status, json.loads(answer), headers

    def status(self, path: str) -> int:
        """Return only the status of a page."""
        return self._exchange("GET", path, None, {})[0]

    def _exchange(
        self, method: str, path: str, body: Any, headers: dict[str, str]
    ) -> tuple[int, bytes, dict[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        head = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json", **headers}
        try:
            connection.request(method, path, json.dumps(body) if body else None, head)
            answer = connection.getresponse()
            return answer.status, answer.read(), dict(answer.getheaders())
        finally:
            connection.close()


def key_of_new_member(user: Any) -> str:
    """Return the API key of a person who owns a new organisation."""
    from django_scopes import scope

    from accounts.models import KeyScope, Membership
    from accounts.operations import organisation_create
    from accounts.operations.api_keys import api_key_create

    organisation = organisation_create(owner=user, name="Drill")
    with scope(organisation=organisation):
        member = Membership.objects.select_related("organisation", "user").get(user=user)
        return api_key_create(by=member, name="Drill", scopes=list(KeyScope))[1]


def at_once(count: int, send: Callable[[int], tuple[int, Any]]) -> list[tuple[int, Any]]:
    """Send so many requests from as many threads and return the answers."""
    with ThreadPoolExecutor(max_workers=count) as pool:
        return list(pool.map(send, range(count)))


def counted(answers: list[tuple[int, Any]]) -> dict[str, int]:
    """Return how many answers had each status."""
    return {str(status): count for status, count in sorted(Counter(status for status, _ in answers).items())}


def queue_runs(count: int, *, first_seed: int = 0, organisation: str = "Drill") -> list[str]:
    """Start runs of a real plan, each with a seed of its own, as the program does; return their ids."""
    from django_scopes import scope

    from accounts.models import Organisation
    from planner.models import Plan
    from planner.operations.plan_edit import plan_create
    from planner.operations.run_start import run_start
    from planner.plan.examples import template

    owner, _ = Organisation.objects.get_or_create(name=organisation)
    with scope(organisation=owner):
        plan = Plan.objects.first() or plan_create(organisation=owner, document=template("support-chat").json)
        seeds = range(first_seed, first_seed + count)
        return [str(run_start(plan=plan, seed=seed).run.id) for seed in seeds]


def succeeded() -> int:
    """Return how many runs have succeeded."""
    return int(runs().filter(state="succeeded").count())


def running() -> list[str]:
    """Return the ids of the runs a worker holds."""
    return [str(run_id) for run_id in runs().filter(state="running").values_list("id", flat=True)]


def all_final(run_ids: list[str] | None = None) -> bool:
    """Tell whether these runs (default: all) have ended."""
    chosen = runs() if run_ids is None else runs().filter(id__in=run_ids)
    return not chosen.exclude(state__in=_FINAL).exists()


def failed_codes() -> dict[str, int]:
    """Return how many runs failed, by code."""
    return dict(Counter(runs().filter(state="failed").values_list("error_code", flat=True)))


def invariants() -> list[str]:
    """Return the sentences about the table that do not hold."""
    from tests.operations.invariants import same_input_same_result, violations

    return violations() + ([] if same_input_same_result() else ["I6 the same input gives the same result"])


def outcome(built: House, run_ids: list[str]) -> Figures:
    """Return what became of the runs."""
    stored = Counter(built.noted("stored"))
    started = len(built.noted("started"))
    done = runs().filter(id__in=run_ids, state="succeeded", result__isnull=False)
    return {
        "runs": len(run_ids),
        "lost": len(run_ids) - done.count() - runs().filter(id__in=run_ids, state="failed").count(),
        "failed": failed_codes(),
        "written_twice": sum(count > 1 for count in stored.values()),
        "different_results": different_results(done),
        "extra_executions": started - len(run_ids),
        "violations": invariants(),
    }


def different_results(done: Any) -> int:
    """Compute again what was computed in several attempts, and count the results that are not the stored ones (I6)."""
    import orjson
    from django_scopes import scope

    from planner.operations.result_hash import result_hash
    from planner.operations.run_execute import compute

    different = 0
    for run in done.filter(attempts__gt=1).select_related("organisation", "revision")[:_COMPUTED_AGAIN]:
        with scope(organisation=run.organisation):
            different += result_hash(orjson.loads(compute(run))) != run.result_hash
    return different


_COMPUTED_AGAIN = 10
_FINAL = ("succeeded", "failed", "cancelled")


def runs() -> Any:
    """Return every run."""
    from planner.operations.across_organisations import all_runs

    return all_runs()
