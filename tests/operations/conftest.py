from collections.abc import Iterator

import pytest
from django_scopes import scope

from accounts.models import Organisation
from planner.models import Revision
from tests.operations.rows import stored_revision


@pytest.fixture
def in_scope(organisation: Organisation) -> Iterator[None]:
    """Act inside the organisation, as a request of a member does."""
    with scope(organisation=organisation):
        yield


@pytest.fixture
def revision(organisation: Organisation, in_scope: None) -> Revision:
    """The only revision of a plan."""
    return stored_revision(organisation)
