"""API keys as a way in: `Authorization: Bearer <key>`, or Basic with the user `token` and the key as password."""

import base64
import binascii
from dataclasses import dataclass

from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.models import ApiKey, Membership, User
from accounts.operations.api_keys import api_key_use, api_key_why_refused

BASIC_USER = "token"


@dataclass(frozen=True)
class UsedKey:
    """The key of a request and the membership it acts under."""

    key: ApiKey
    membership: Membership


class KeyAuthentication(BaseAuthentication):
    """Signs in the owner of the key in the Authorization header; a request without that header is left alone."""

    def authenticate(self, request: Request) -> tuple[User, UsedKey] | None:
        """Return the person and the key, None when no key was sent; raise (401) when the key opens nothing."""
        header = request.headers.get("Authorization")
        if header is None:
            return None
        text = _key_in(header)
        used = api_key_use(text=text)
        if used is None:
            raise AuthenticationFailed(
                f"This API key opens nothing: {api_key_why_refused(text=text)}. "
                "Make a new one on the page Organisation, API keys."
            )
        key, membership = used
        return membership.user, UsedKey(key, membership)

    def authenticate_header(self, request: Request) -> str:
        """Return the challenge of a 401."""
        return 'Bearer realm="danegeld"'


def _key_in(header: str) -> str:
    method, _, rest = header.partition(" ")
    if method.lower() == "bearer":
        return rest.strip()
    if method.lower() != "basic":
        raise AuthenticationFailed("Send the API key as Bearer, or as Basic with the user name token.")
    try:
        user, _, password = base64.b64decode(rest, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise AuthenticationFailed("The Authorization header is not valid Basic authentication.") from None
    if user != BASIC_USER:
        raise AuthenticationFailed(f"The user name for an API key is {BASIC_USER}.")
    return password
