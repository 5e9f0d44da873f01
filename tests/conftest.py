"""What every test has: the people, and services that are there or declared missing."""

import pytest
from django.conf import settings
from django.core.cache import cache
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests import services
from tests.people import colleague, organisation, other_organisation, owner, stranger, viewer

__all__ = ["colleague", "organisation", "other_organisation", "owner", "stranger", "viewer"]

SERVICES = ("postgres", "redis", "rabbitmq", "browser", "office", "r")

# The same examples on every machine: a red test is red for everybody. No deadline: two cores are shared with others.
hypothesis_settings.register_profile(
    "danegeld", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
hypothesis_settings.load_profile("danegeld")


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Forget the rate limits' counts: one test's requests are not another's."""
    cache.clear()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip, or under DANEGELD_TEST_REQUIRE=all fail, a test whose service is missing."""
    for service in SERVICES:
        if item.get_closest_marker(service) and (reason := services.missing(service)):
            if services.REQUIRE_ALL:
                pytest.fail(f"{service} is required but {reason}", pytrace=False)
            pytest.skip(f"{service}: {reason}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the long drills unless `-m fault` asks for them, and what only makes sense on the other database."""
    leave_out = set() if "fault" in config.getoption("markexpr") else {"fault"}
    if not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        leave_out.add("on_postgres")
    dropped = [item for item in items if any(item.get_closest_marker(name) for name in leave_out)]
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = [item for item in items if item not in dropped]
