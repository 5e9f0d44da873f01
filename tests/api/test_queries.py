"""A longer list costs no more questions to the database."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.api.callers import Caller


def _queries(caller: Caller, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert caller.get(path).status_code == 200
    return len(captured)


def test_it_asks_the_same_for_one_plan_and_for_many(colleague: User) -> None:
    caller = Caller.of(colleague)
    caller.create_plan()
    one = _queries(caller, "plans")
    for _ in range(5):
        caller.create_plan()
    assert _queries(caller, "plans") == one <= 8


def test_it_asks_the_same_for_one_run_and_for_many(colleague: User) -> None:
    caller = Caller.of(colleague)
    path = f"plans/{caller.create_plan()['id']}/runs"
    caller.send("POST", path)
    one = _queries(caller, path)
    for seed in range(2, 7):
        caller.send("POST", path, {"seed": seed})
    assert _queries(caller, path) == one <= 8
