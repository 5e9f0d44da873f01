from django.db import transaction
from django.http import HttpRequest
from django_scopes import scope

from accounts.models import Organisation, User
from accounts.operations.organisations import organisation_create
from accounts.signals import signed_up


@transaction.atomic
def account_open(*, user: User, organisation_name: str, request: HttpRequest) -> Organisation:
    """Give a person who just signed up an organisation of their own, and tell the other rooms.

    All or nothing: if a listener fails, there is no half-made organisation.
    """
    organisation = organisation_create(owner=user, name=organisation_name.strip() or _name_from(user.email))
    with scope(organisation=organisation):
        signed_up.send(sender=User, user=user, organisation=organisation, request=request)
    return organisation


def _name_from(email: str) -> str:
    """Return a first name for an unnamed organisation: the part of the address before the @."""
    return email.partition("@")[0][:120]
