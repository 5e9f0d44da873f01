import uuid
from collections.abc import Iterator

import pytest
from django.core.cache import cache

from accounts.models import User
from planner.operations.run_execute import run_execute
from tests.api.callers import Caller, body


@pytest.fixture(autouse=True)
def _no_counted_requests() -> Iterator[None]:
    """Each test starts with the full rate."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def editor(colleague: User) -> Caller:
    return Caller.of(colleague)


@pytest.fixture
def plan_id(editor: Caller) -> str:
    """A plan without a run."""
    return str(editor.create_plan()["id"])


@pytest.fixture
def run_id(editor: Caller, plan_id: str) -> str:
    """The plan's finished run."""
    run = body(editor.send("POST", f"plans/{plan_id}/runs"))
    assert run_execute(run_id=uuid.UUID(run["id"]))
    return str(run["id"])
