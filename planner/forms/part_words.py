"""The words for kinds of parts, on buttons and in lists to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

_KINDS: Final[Mapping[str, Any]] = {
    "api": _("An API, paid by the token"),
    "hosted": _("A model hosted on GPUs"),
    "named": _("Another option’s API"),
    "flat": _("Stays as it is"),
    "decline": _("Falls by the same share each year"),
    "steps": _("Steps at given months"),
    "mean_reverting": _("Returns to a long-run level"),
    "market": _("Falls towards a seller’s cost"),
    "history": _("Goes on as a price history did"),
    "exponential": _("The same growth every year"),
    "logistic": _("Growth that slows down"),
    "series": _("A forecast month by month"),
    "straight_line": _("Straight line"),
    "macrs_5": _("MACRS, five years"),
    "expense": _("At once"),
    "amortise": _("Over some years"),
    "fine_tune": _("Fine-tuning"),
    "pretrain": _("Pretraining"),
    "silicon": _("Own silicon"),
}
_NONE: Final[Mapping[str, Any]] = {
    "fallback": _("None: what fails, fails"),
    "interim": _("Today’s supply"),
}
_ADD: Final[Mapping[tuple[str, str], Any]] = {
    ("workloads", ""): _("Add a workload"),
    ("options", "api"): _("Add an option: an API"),
    ("options", "hosted"): _("Add an option: a hosted model"),
    ("team", ""): _("Add a role"),
    ("one_off_costs", ""): _("Add a one-off cost"),
    ("recurring_costs", ""): _("Add a monthly cost"),
    ("price_tiers", ""): _("Add a price for longer inputs"),
    ("fx", ""): _("Add an exchange rate"),
    ("correlations", ""): _("Add a correlation"),
    ("develop", "fine_tune"): _("Add fine-tuning"),
    ("develop", "pretrain"): _("Add pretraining"),
    ("develop", "silicon"): _("Add own silicon"),
}


def in_words(declared: str) -> str:
    """A label or a help of the plan's declarations in the reader's language; they are written where no framework is."""
    return gettext(declared) if declared else ""


def kind_label(place: str, kind: str) -> str:
    """The kind in a list to choose from; an empty kind is "none of them" at this place."""
    return str(_KINDS.get(kind, kind) if kind else _NONE.get(place, _("The market’s path")))


def add_label(place: str, kind: str) -> str:
    """What the button says that adds this kind of part."""
    return str(_ADD[place, kind])
