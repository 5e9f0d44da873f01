"""Drills in which the web server is under load while its database, itself or its neighbours go wrong."""

import itertools
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from tests.faults.house import House, Process, wait_until
from tests.faults.parts import (
    Busy,
    Figures,
    HttpCaller,
    Size,
    all_final,
    invariants,
    key_of_new_member,
    outcome,
    queue_runs,
    runs,
)
from tests.faults.servers import children_of, kill_process


@dataclass
class Load:
    """Programs that start runs and read, all the time, until told to stop; they keep what they were answered."""

    caller: HttpCaller
    plan: str
    stop: threading.Event = field(default_factory=threading.Event)
    accepted: list[str] = field(default_factory=list)
    answers: list[tuple[float, int, bool]] = field(default_factory=list)

    def send(self, thread: int) -> None:
        """Start runs with seeds nobody else uses, and read the list of plans between them."""
        for number in itertools.count():
            if self.stop.is_set():
                return
            body = {"seed": 1_000_000 * (thread + 1) + number}
            self._note(*self.caller.ask("POST", f"plans/{self.plan}/runs", body))
            self._note(*self.caller.ask("GET", "plans", None))
            time.sleep(0.2)

    def _note(self, status: int, answer: Any, headers: dict[str, str]) -> None:
        self.answers.append((time.monotonic(), status, "Retry-After" in headers))
        if status in (201, 202):
            self.accepted.append(answer["id"])

    def statuses(self) -> dict[str, int]:
        """Return how many answers had each status; a refused connection counts as `none`."""
        return {
            str(status or "none"): count for status, count in sorted(Counter(s for _, s, _ in self.answers).items())
        }

    @property
    def bad(self) -> int:
        """How many answers were 5xx other than a 503 that says when to come back."""
        return sum(1 for _, status, retry in self.answers if status >= 500 and not (status == 503 and retry))


def database_restart(built: House, size: Size) -> Figures:
    """F7: PostgreSQL is stopped, politely and by pulling the plug, while runs are started and computed."""
    from django.db import connections

    load = _begin_load(built)
    built.sweeper()
    built.worker(seconds=0.05)
    recoveries: list[float] = []
    assert built.postgres
    with ThreadPoolExecutor(4) as pool:
        senders = [pool.submit(load.send, number) for number in range(4)]
        for number in range(size.faults):
            wait_until(Grown(load, by=10), seconds=120)
            built.postgres.stop("fast" if number % 2 == 0 else "immediate")
            time.sleep(1)
            began = time.monotonic()
            built.postgres.start()
            wait_until(Grown(load, by=1), seconds=60)
            recoveries.append(time.monotonic() - began)
        load.stop.set()
        for sender in senders:
            sender.result()
    connections.close_all()  # this process had some to the server that was stopped
    wait_until(Final(load.accepted), seconds=300)
    return {
        **outcome(built, load.accepted),
        "stops": size.faults,
        "answers": load.statuses(),
        "bad_answers": load.bad,
        "serving_again_max_s": round(max(recoveries), 1),
    }


def slow_database(built: House, size: Size) -> Figures:
    """F9: somebody holds a lock on the table of plans for 20 s; requests say so instead of waiting for it."""
    import psycopg

    load = _begin_load(built)
    slowest, answers = 0.0, []
    with psycopg.connect(built.environment["DANEGELD_DATABASE_URL"]) as holder:
        holder.execute("LOCK TABLE planner_plan IN ACCESS EXCLUSIVE MODE")
        until = time.monotonic() + size.runs
        while time.monotonic() < until:
            began = time.monotonic()
            answers.append(load.caller.ask("GET", "plans", None)[0])
            slowest = max(slowest, time.monotonic() - began)
            assert load.caller.status("/healthz") == 200
    return {
        "runs": "",
        "answers": {str(status): answers.count(status) for status in sorted(set(answers))},
        "slowest_s": round(slowest, 1),
        "after": load.caller.ask("GET", "plans", None)[0],
        "violations": invariants(),
    }


def many_submissions(built: House, size: Size) -> Figures:
    """F10: a thousand requests to start a run over fifty connections; as many rows as acceptances."""
    load = _begin_load(built, processes=2)

    def submit(seed: int) -> tuple[float, int, bool]:
        began = time.monotonic()
        status, _answer, headers = load.caller.ask("POST", f"plans/{load.plan}/runs", {"seed": seed})
        return time.monotonic() - began, status, "Retry-After" in headers

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(submit, range(1, size.runs + 1)))
    seconds = sorted(took for took, _, _ in answers)
    statuses = Counter(status for _, status, _ in answers)
    return {
        "runs": size.runs,
        "answers": {str(status): count for status, count in sorted(statuses.items())},
        "rows": runs().count(),
        "without_retry_after": sum(1 for _, status, retry in answers if status == 429 and not retry),
        "p95_s": round(seconds[int(0.95 * len(seconds))], 2),
        "violations": invariants(),
    }


def killed_child(built: House, size: Size) -> Figures:
    """F2: one process of the worker's pool is killed, as the system does when memory is short; the others go on."""
    run_ids = queue_runs(size.runs)
    built.sweeper()
    worker = built.worker(seconds=0.2)
    for number in range(size.faults):
        wait_until(Busy(after=(number + 1) * size.runs // (size.faults + 2)), seconds=180)
        _kill_one_child(worker)
    wait_until(all_final, seconds=300)
    return {**outcome(built, run_ids), "kills": size.faults}


def killed_house(built: House, size: Size) -> Figures:
    """F23: SQLite, one machine; worker and sweeper are killed again and again while runs are started and read."""
    import sqlite3

    load = _begin_load(built)
    run_ids = queue_runs(size.runs, organisation="Neighbour")
    with ThreadPoolExecutor(1) as pool:
        sender = pool.submit(load.send, 0)
        for number in range(size.faults):
            sweeper, worker = built.sweeper(), built.worker(seconds=0.1)
            wait_until(Busy(after=(number + 1) * size.runs // (size.faults + 2)), seconds=180)
            worker.kill()
            sweeper.kill()
        load.stop.set()
        sender.result()
    built.sweeper()
    built.worker(seconds=0.05)
    wait_until(all_final, seconds=300)
    file = built.folder / "danegeld.sqlite3"
    with sqlite3.connect(file) as database:
        (check,) = database.execute("PRAGMA integrity_check").fetchone()
    return {
        **outcome(built, [*run_ids, *load.accepted]),
        "kills": size.faults,
        "answers": load.statuses(),
        "bad_answers": load.bad,
        "locked": built.log.read_text(encoding="utf-8", errors="replace").count("database is locked"),
        "integrity_check": check,
    }


@dataclass
class Grown:
    """The load has had so many more of its requests accepted than when this was made."""

    load: Load
    by: int
    then: int = -1

    def __call__(self) -> bool:
        if self.then < 0:
            self.then = len(self.load.accepted)
        return len(self.load.accepted) >= self.then + self.by


@dataclass(frozen=True)
class Final:
    """Each of these runs has ended."""

    run_ids: list[str]

    def __call__(self) -> bool:
        return all_final(self.run_ids)


def _begin_load(built: House, processes: int = 1) -> Load:
    """Start the web server and store a plan through it."""
    from accounts.models import User
    from planner.plan.examples import template

    caller = HttpCaller(built.web(processes), key_of_new_member(User.objects.create_user("drill@example.org")))
    document = template("support-chat").document
    _status, plan = caller.send("POST", "plans", document, {"Idempotency-Key": "one"})
    return Load(caller, plan["id"])


def _kill_one_child(worker: Process) -> None:
    children = children_of(worker.pid)
    if children:
        kill_process(children[0])
