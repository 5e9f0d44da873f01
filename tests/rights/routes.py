"""Every address the product answers, out of the URL resolver."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from django.urls import URLPattern, URLResolver, get_resolver

PLACEHOLDER = re.compile(r"<(?:(\w+):)?(\w+)>")
_REGEX_GROUP = re.compile(r"\(\?P<(\w+)>[^)]*\)")


def routes() -> set[str]:
    """Return the pattern of every route, with `<converter:name>` where a value goes."""
    return {_plain(route) for route in _walk(get_resolver())}


def path_of(route: str, values: dict[str, str]) -> str:
    """Return an address of the route with these values for its placeholders."""
    return "/" + PLACEHOLDER.sub(lambda match: quote(values[match[2]]), route)


def names_in(route: str) -> set[str]:
    """Return the names of the route's placeholders."""
    return {match[2] for match in PLACEHOLDER.finditer(route)}


def _walk(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from _walk(pattern, route)


def _plain(route: str) -> str:
    """Write a route of a regular expression (allauth and the admin have some) like the others."""
    return re.sub(r"[\^$]|\\Z", "", _REGEX_GROUP.sub(r"<str:\1>", route))
