"""The one place for rights: every other query starts from a membership or asks `require_editor`.

A row of another organisation is `Missing`, exactly like a row that does not exist: an answer that differs would tell a
stranger which ids are in use.
"""

from accounts.errors import Missing, NotAllowed
from accounts.models import Membership

__all__ = ["Missing", "NotAllowed", "require_editor"]


def require_editor(membership: Membership, what: str) -> None:
    """Raise `NotAllowed` unless the member may change plans; `what` completes the sentence."""
    if not membership.may_edit:
        raise NotAllowed(
            f"You are a {membership.get_role_display()} of {membership.organisation.name} and cannot {what}. "
            "Ask an owner to make you an editor."
        )
