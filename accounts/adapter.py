from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Our choices where allauth asks: an e-mail address stays in lower case, everybody may sign up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Everybody may sign up; who sees what is decided by membership."""
        return True
