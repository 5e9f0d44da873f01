"""The drills. `python -m tests.faults.drills NAME PROFILE [--full]` runs one in a process of its own and prints its
figures as one line of JSON; the tests beside it hold the figures against what is promised."""

import argparse
import json
import os
import platform
import signal
import sys
import time
from collections.abc import Callable

from tests.faults.backup_drill import backup
from tests.faults.deployment_drill import deployment
from tests.faults.described_drill import described
from tests.faults.house import House, Profile, house, wait_until
from tests.faults.parts import (
    Busy,
    Ended,
    Figures,
    HttpCaller,
    PutBack,
    Size,
    TakenUpAgain,
    all_final,
    at_once,
    counted,
    failed_codes,
    invariants,
    key_of_new_member,
    outcome,
    queue_runs,
    running,
    succeeded,
)
from tests.faults.server_drills import (
    database_restart,
    killed_child,
    killed_house,
    many_submissions,
    slow_database,
)


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
        assert built.broker
        built.broker.forget()
        built.broker.kill()
        began = time.monotonic()
        run_ids += queue_runs(5, first_seed=len(run_ids))
        answers.append((time.monotonic() - began) / 5)
        built.broker.start()
        returns.append(wait_until(Busy(after=succeeded() + 1), seconds=180))
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


OWN_DATABASE = frozenset({"database_restart", "deployment"})
DRILLS: dict[str, tuple[Callable[[House, Size], Figures], Size, Size]] = {
    "deployment": (deployment, Size(1, 0), Size(1, 0)),
    "described": (described, Size(5, 0), Size(300, 1)),
    "backup": (backup, Size(10, 0), Size(250, 0)),
    "kill_worker": (kill_worker, Size(10, 1), Size(1000, 20)),
    "killed_child": (killed_child, Size(20, 2), Size(400, 50)),
    "killed_house": (killed_house, Size(20, 2), Size(200, 20)),
    "database_restart": (database_restart, Size(0, 1), Size(0, 5)),
    "slow_database": (slow_database, Size(6, 1), Size(20, 1)),
    "many_submissions": (many_submissions, Size(100, 0), Size(1000, 0)),
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
    parser.add_argument("profile", choices=("embedded", "servers", "rabbitmq"))
    parser.add_argument("--full", action="store_true")
    wish = parser.parse_args()
    # Ended from outside, a drill still takes its processes with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    drill, short, full = DRILLS[wish.name]
    profile: Profile = wish.profile
    with house(profile, own_database=wish.name in OWN_DATABASE) as built:
        figures = drill(built, full if wish.full else short)
    head = {"drill": wish.name, "profile": profile, "full": wish.full, "cpus": os.cpu_count()}
    versions = {"python": platform.python_version()}
    sys.stdout.write(json.dumps({**head, **figures, **versions}) + "\n")


if __name__ == "__main__":
    main()
