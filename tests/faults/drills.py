"""The drills. `python -m tests.faults.drills NAME PROFILE [--full]` runs one in a process of its own and prints its
figures as one line of JSON; the tests beside it hold the figures against what is promised."""

import argparse
import json
import os
import platform
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from tests.faults.house import House, Profile, house, redis_server, wait_until

Figures = dict[str, Any]


@dataclass(frozen=True)
class Size:
    """How much a drill does, short (in every test run) and full (`make faults`)."""

    runs: int
    faults: int


def kill_worker(built: House, size: Size) -> Figures:
    """F1: `kill -9` of the worker's whole process group, again and again, while it computes."""
    began = time.monotonic()
    run_ids = queue_runs(size.runs)
    built.sweeper()
    worker = built.worker(seconds=0.2)
    put_back: list[float] = []
    recoveries: list[float] = []
    for number in range(size.faults):
        wait_until(Busy(after=(number + 1) * size.runs // (size.faults + 1)), seconds=180)
        interrupted = running()
        worker.kill()
        killed_at = time.monotonic()
        worker = built.worker(seconds=0.2)
        wait_until(PutBack(interrupted), seconds=90)
        put_back.append(time.monotonic() - killed_at)
        wait_until(TakenUpAgain(interrupted), seconds=90)
        recoveries.append(time.monotonic() - killed_at)
    wait_until(all_final, seconds=180)
    return {
        **outcome(built, run_ids),
        "kills": size.faults,
        "put_back_max_s": round(max(put_back), 1),
        "running_again_max_s": round(max(recoveries), 1),
        "seconds": round(time.monotonic() - began, 1),
    }


def poison_run(built: House, size: Size) -> Figures:
    """F3: one run that kills its process each time, among good ones."""
    run_ids = queue_runs(size.runs)
    built.sweeper()
    built.worker(seconds=0.05, poison=size.runs // 2)
    wait_until(all_final, seconds=180)
    return {**outcome(built, run_ids), "failed": failed_codes()}


def frozen_worker(built: House, size: Size) -> Figures:
    """F4: a worker stopped for longer than its lease comes back and wants to store what somebody else has stored."""
    run_ids = queue_runs(size.runs)
    built.sweeper()
    zombie = built.worker(seconds=1.0)
    for _ in range(size.faults):
        wait_until(lambda: bool(running()) or all_final(), seconds=60)
        held = running()
        zombie.send(signal.SIGSTOP)
        successor = built.worker(seconds=0.1)
        wait_until(Ended(held), seconds=60)
        zombie.send(signal.SIGCONT)
        successor.stop()
    wait_until(all_final, seconds=120)
    zombie.stop()
    return {**outcome(built, run_ids), "freezes": size.faults, "writes_refused": len(built.noted("refused"))}


def lost_broker(built: House, size: Size) -> Figures:
    """F5: the broker forgets everything, dies and comes back, while runs are queued and more are started."""
    run_ids = queue_runs(size.runs)
    built.sweeper()
    built.worker(seconds=0.05)
    answers: list[float] = []
    returns: list[float] = []
    for _ in range(size.faults):
        _flush(built)
        assert built.redis
        built.redis.kill()
        began = time.monotonic()
        run_ids += queue_runs(5, first_seed=len(run_ids))
        answers.append((time.monotonic() - began) / 5)
        redis_server(built)
        returns.append(wait_until(Busy(after=succeeded() + 1), seconds=60))
    wait_until(all_final, seconds=300)
    return {
        **outcome(built, run_ids),
        "losses": size.faults,
        "start_without_broker_s": round(max(answers), 2),
        "working_after_return_max_s": round(max(returns), 1),
    }


def stopped_worker(built: House, size: Size) -> Figures:
    """F20: TERM in the middle of the work: the worker finishes or puts back what it holds, and goes."""
    run_ids = queue_runs(size.runs)
    built.sweeper()
    stops = []
    for _ in range(size.faults):
        worker = built.worker(seconds=0.5)
        wait_until(lambda: bool(running()), seconds=60)
        stops.append(worker.stop())
        assert not running(), "a stopped worker still holds a run"
    built.worker(seconds=0.05)
    wait_until(all_final, seconds=120)
    return {**outcome(built, run_ids), "stops": size.faults, "stop_max_s": round(max(stops), 1)}


def noisy_neighbour(built: House, size: Size) -> Figures:
    """F13: one organisation queues hundreds of runs; another one's single run does not wait behind them."""
    from planner.operations.across_organisations import all_runs

    run_ids = queue_runs(size.runs, organisation="Noisy")
    built.sweeper()
    built.worker(seconds=0.1)
    wait_until(lambda: succeeded() > 0, seconds=60)
    (quiet,) = queue_runs(1, organisation="Quiet")
    waited = wait_until(lambda: all_runs().filter(id=quiet, started_at__isnull=False).exists(), seconds=60)
    backlog = len(run_ids) - succeeded()
    return {
        "runs": size.runs,
        "waited_s": round(waited, 1),
        "backlog_then": backlog,
        "violations": invariants(),
    }


def same_requests(built: House, size: Size) -> Figures:
    """F11: one creating request sent many times at once; then many changes of one plan, all based on one revision."""
    from accounts.models import User
    from planner.plan.examples import template

    caller = HttpCaller(built.web(), key_of_new_member(User.objects.create_user("drill@example.org")))
    document = template("support-chat").document
    created = at_once(size.runs, lambda _: caller.send("POST", "plans", document, {"Idempotency-Key": "one"}))
    plan = next(answer for status, answer in created if status == 201)
    match = {"If-Match": '"revision-1"'}
    path = f"plans/{plan['id']}"
    changed = at_once(
        size.runs // 2, lambda number: caller.send("PUT", path, {**document, "name": f"Change {number}"}, match)
    )
    return {
        "runs": size.runs,
        "created_answers": counted(created),
        "plans": len(caller.send("GET", "plans", None, {})[1]["items"]),
        "changed_answers": counted(changed),
        "revision": caller.send("GET", path, None, {})[1]["revision"],
        "violations": invariants(),
    }


# What the drills are made of ----------------------------------------------------------------------------------------


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
        return not _runs().filter(id__in=self.run_ids, attempts__lt=2, state="running").exists()


@dataclass(frozen=True)
class TakenUpAgain:
    """Each of these interrupted runs has been claimed a second time, or has ended."""

    run_ids: list[str]

    def __call__(self) -> bool:
        waiting = _runs().filter(id__in=self.run_ids, attempts__lt=2).exclude(state__in=_FINAL)
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
        """Send a request and return status and JSON."""
        import http.client

        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        head = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json", **headers}
        connection.request(method, f"/api/v1/{path}", json.dumps(body) if body else None, head)
        answer = connection.getresponse()
        read = answer.read()
        connection.close()
        return answer.status, json.loads(read)


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
    return int(_runs().filter(state="succeeded").count())


def running() -> list[str]:
    """Return the ids of the runs a worker holds."""
    return [str(run_id) for run_id in _runs().filter(state="running").values_list("id", flat=True)]


def all_final(run_ids: list[str] | None = None) -> bool:
    """Tell whether these runs (default: all) have ended."""
    runs = _runs() if run_ids is None else _runs().filter(id__in=run_ids)
    return not runs.exclude(state__in=_FINAL).exists()


def failed_codes() -> dict[str, int]:
    """Return how many runs failed, by code."""
    return dict(Counter(_runs().filter(state="failed").values_list("error_code", flat=True)))


def invariants() -> list[str]:
    """Return the sentences about the table that do not hold."""
    from tests.operations.invariants import same_input_same_result, violations

    return violations() + ([] if same_input_same_result() else ["I6 the same input gives the same result"])


def outcome(built: House, run_ids: list[str]) -> Figures:
    """Return what became of the runs."""
    stored = Counter(built.noted("stored"))
    started = len(built.noted("started"))
    done = _runs().filter(id__in=run_ids, state="succeeded", result__isnull=False)
    return {
        "runs": len(run_ids),
        "lost": len(run_ids) - done.count() - _runs().filter(id__in=run_ids, state="failed").count(),
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


def _runs() -> Any:
    from planner.operations.across_organisations import all_runs

    return all_runs()


def _flush(built: House) -> None:
    import redis

    redis.Redis(port=int(built.environment["REDIS_PORT"])).flushall()


DRILLS: dict[str, tuple[Callable[[House, Size], Figures], Size, Size]] = {
    "kill_worker": (kill_worker, Size(10, 1), Size(200, 20)),
    "poison_run": (poison_run, Size(6, 1), Size(200, 1)),
    "frozen_worker": (frozen_worker, Size(4, 1), Size(40, 10)),
    "lost_broker": (lost_broker, Size(20, 1), Size(500, 5)),
    "stopped_worker": (stopped_worker, Size(8, 1), Size(60, 10)),
    "same_requests": (same_requests, Size(20, 0), Size(100, 0)),
    "noisy_neighbour": (noisy_neighbour, Size(60, 0), Size(500, 0)),
}


def main() -> None:
    """Run one drill and print its figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("name", choices=DRILLS)
    parser.add_argument("profile", choices=("embedded", "servers"))
    parser.add_argument("--full", action="store_true")
    wish = parser.parse_args()
    drill, short, full = DRILLS[wish.name]
    profile: Profile = wish.profile
    with house(profile) as built:
        figures = drill(built, full if wish.full else short)
    head = {"drill": wish.name, "profile": profile, "full": wish.full, "cpus": os.cpu_count()}
    versions = {"python": platform.python_version()}
    sys.stdout.write(json.dumps({**head, **figures, **versions}) + "\n")


if __name__ == "__main__":
    main()
