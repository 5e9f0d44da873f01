"""Where the pages of figures are."""

from __future__ import annotations

from typing import Any

from django.urls import reverse


def traces_at(route: str, **known: Any) -> str:
    """What the addresses of all figures' pages begin with."""
    return reverse(route, kwargs={**known, "figure": "-"})[:-1]
