"""Why a change to people or an organisation was refused, in a sentence for the person who tried."""

from django.core.exceptions import PermissionDenied
from django.http import Http404


class NotAllowed(PermissionDenied):
    """The person sees this but may not do it."""


class Missing(Http404):
    """There is no such thing, or none that this person may know of."""


class LastOwner(Exception):
    """An organisation keeps at least one owner: otherwise nobody could manage it."""


class AlreadyMember(Exception):
    """The invited person belongs to the organisation already."""


class InvitationUnusable(Exception):
    """The invitation is used, withdrawn, too old, or meant for another address. One answer for all of them."""


class ConfirmationWrong(Exception):
    """What was typed to confirm a deletion is not what was asked for."""
