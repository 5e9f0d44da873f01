"""The people every test knows.

`owner`, `colleague` (editor) and `viewer` belong to one organisation; `stranger` owns another one. A test of rights
asks: who of these four may do it, and does the stranger see the same answer as for something that does not exist?
"""

import pytest
from django.test import Client

from accounts.models import Membership, Organisation, Role, User
from accounts.operations import organisation_create

PASSWORD = "correct horse battery staple"


@pytest.fixture
def owner(db: None) -> User:
    """The person who owns `organisation`."""
    return User.objects.create_user("owner@example.org", PASSWORD, name="Owner")


@pytest.fixture
def organisation(owner: User) -> Organisation:
    """The organisation most tests act in."""
    return organisation_create(owner=owner, name="Example Ltd")


@pytest.fixture
def colleague(organisation: Organisation) -> User:
    """An editor of `organisation`."""
    return _member(organisation, "colleague@example.org", Role.EDITOR)


@pytest.fixture
def viewer(organisation: Organisation) -> User:
    """A viewer of `organisation`."""
    return _member(organisation, "viewer@example.org", Role.VIEWER)


@pytest.fixture
def stranger(db: None) -> User:
    """A person who has nothing to do with `organisation`; owns `other_organisation`."""
    return User.objects.create_user("stranger@example.net", PASSWORD, name="Stranger")


@pytest.fixture
def other_organisation(stranger: User) -> Organisation:
    """The organisation of the stranger."""
    return organisation_create(owner=stranger, name="Elsewhere Inc")


def client_of(user: User) -> Client:
    """Return a browser in which the person is signed in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _member(organisation: Organisation, email: str, role: Role) -> User:
    user = User.objects.create_user(email, PASSWORD, name=role.label.title())
    Membership.objects.create(organisation=organisation, user=user, role=role)
    return user
