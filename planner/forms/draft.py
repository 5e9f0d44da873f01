"""The visitor's draft: a plan document kept in the server-side session, no row of ours."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any, Final

from planner.plan.examples import ORDER, Template, template

_KEY: Final = "draft"
_KEPT: Final = "draft_kept_as"
Session = MutableMapping[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan in the making: the template it came from, its document, and how many questions were answered."""

    template: Template
    document: dict[str, Any]
    answered: int = 0


def draft_of(session: Session) -> Draft | None:
    """The draft of this session, None where there is none or its template is gone."""
    kept = session.get(_KEY)
    if not isinstance(kept, dict) or kept.get("template") not in ORDER:
        return None
    return Draft(template(kept["template"]), kept["document"], kept.get("answered", 0))


def draft_store(session: Session, draft: Draft) -> None:
    """Put the draft into the session, over any older one."""
    session[_KEY] = {"template": draft.template.id, "document": draft.document, "answered": draft.answered}


def draft_became(session: Session, plan_id: str) -> None:
    """The draft is a plan now: forget it and remember which plan, for links that still lead to the draft."""
    session.pop(_KEY, None)
    session[_KEPT] = plan_id


def kept_plan(session: Session) -> str | None:
    """The id of the plan that the last draft became."""
    kept = session.get(_KEPT)
    return kept if isinstance(kept, str) else None
