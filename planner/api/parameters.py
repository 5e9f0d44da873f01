"""Query parameters and preconditions of a request, read strictly: an unknown parameter is a typing error, not noise."""

import datetime
import re

from rest_framework.request import Request

from planner.api.problems import BadParameter, PreconditionFailed, PreconditionRequired

_TRUTH = {"true": True, "false": False}
_FIGURE = re.compile(r"[A-Za-z0-9_.-]{1,300}")
_ETAG = re.compile(r'"revision-([1-9][0-9]{0,8})"')


def refuse_unknown_parameters(request: Request, *known: str) -> None:
    """Raise `BadParameter` for a query parameter this operation does not have, or one given twice."""
    for name in request.query_params:
        if name not in known:
            allowed = f"It takes {', '.join(known)}." if known else "It takes none."
            raise BadParameter(f"This address has no query parameter {name[:40]!r}. {allowed}")
        if len(request.query_params.getlist(name)) > 1:
            raise BadParameter(f"The query parameter {name} is given twice.")


def date_parameter(request: Request, name: str) -> datetime.date | None:
    """Return the parameter as a date between 2000 and 2100, None when it is not given."""
    text = request.query_params.get(name)
    if text is None:
        return None
    try:
        # fromisoformat also takes 20261101 and 2026-W45-1: one spelling is enough
        date = datetime.date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        date = None
    if date is None or not 2000 <= date.year <= 2100:
        raise BadParameter(f"{name}={text[:40]!r} is not a date between 2000 and 2100, written like 2026-11-01.")
    return date


def truth_parameter(request: Request, name: str) -> bool:
    """Return the parameter as true or false; false when it is not given."""
    text = request.query_params.get(name, "false")
    if text not in _TRUTH:
        raise BadParameter(f"{name}={text[:40]!r} is neither true nor false.")
    return _TRUTH[text]


def figure_parameter(request: Request) -> str:
    """Return the name of a figure: letters, digits, dots, hyphens and underscores."""
    text = request.query_params.get("figure", "")
    if _FIGURE.fullmatch(text) is None:
        raise BadParameter("Give figure=, the id of a figure of the result, for example options.today.npv.")
    return text


def depth_parameter(request: Request) -> int:
    """Return how many levels of inputs are wanted, 0 to 4; 1 when it is not given."""
    text = request.query_params.get("depth", "1")
    if re.fullmatch(r"[0-4]", text) is None:
        raise BadParameter(f"depth={text[:40]!r} is not a whole number from 0 to 4.")
    return int(text)


def whole_parameter(request: Request, name: str, low: int, high: int) -> int | None:
    """Return the parameter as a whole number from `low` to `high`, None when it is not given."""
    text = request.query_params.get(name)
    if text is None:
        return None
    if not re.fullmatch(r"[0-9]{1,18}", text) or not low <= int(text) <= high:
        raise BadParameter(f"{name}={text[:40]!r} is not a whole number from {low:,} to {high:,}.")
    return int(text)


def etag_of_revision(number: int) -> str:
    """Return the strong entity tag of a plan at this revision."""
    return f'"revision-{number}"'


def revision_to_match(request: Request) -> int:
    """Return the revision number in the If-Match header: what the caller last saw of the plan.

    Raises `PreconditionRequired` (428) when the header is missing, `PreconditionFailed` (412) when it names no
    revision of a plan. `*` is refused too: it would overwrite a colleague's work unseen.
    """
    text = request.headers.get("If-Match")
    if text is None:
        raise PreconditionRequired(
            "Send If-Match with the ETag of the plan as you last read it, so that nobody's change is overwritten."
        )
    match = _ETAG.fullmatch(text.strip())
    if match is None:
        raise PreconditionFailed(f"If-Match {text[:60]!r} is not the ETag of this plan. Read the plan to get it.")
    return int(match.group(1))
