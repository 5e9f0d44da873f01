from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _no_counted_requests() -> Iterator[None]:
    """Each test starts with the full rate."""
    cache.clear()
    yield
    cache.clear()
