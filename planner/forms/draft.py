"""The visitor's draft: a plan document kept in the server-side session, no row of ours."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any, Final

from planner.plan.examples import ORDER, Template, template

_KEY: Final = "draft"
_KEPT: Final = "draft_kept_as"
_PAST: Final = "draft_past"
MOST_UNDONE: Final = 12
"""Earlier states of a draft that can be gone back to; each is a document in the session."""
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
    """Put the draft into the session, over any older one; an older state of the same draft can be gone back to."""
    before = draft_of(session)
    if before is None or before.template.id != draft.template.id:
        session.pop(_PAST, None)
    elif before.document != draft.document:
        session[_PAST] = [*session.get(_PAST, []), before.document][-MOST_UNDONE:]
    _put(session, draft)


def draft_undo(session: Session) -> bool:
    """Go back to the state before the last change; False where there is none."""
    draft, past = draft_of(session), session.get(_PAST, [])
    if draft is None or not past:
        return False
    session[_PAST] = past[:-1]
    _put(session, Draft(draft.template, past[-1], draft.answered))
    return True


def draft_can_undo(session: Session) -> bool:
    """Whether there is a state before the last change."""
    return bool(session.get(_PAST))


def _put(session: Session, draft: Draft) -> None:
    session[_KEY] = {"template": draft.template.id, "document": draft.document, "answered": draft.answered}


def draft_became(session: Session, plan_id: str) -> None:
    """The draft is a plan now: forget it and remember which plan, for links that still lead to the draft."""
    session.pop(_KEY, None)
    session.pop(_PAST, None)
    session[_KEPT] = plan_id


def kept_plan(session: Session) -> str | None:
    """The id of the plan that the last draft became."""
    kept = session.get(_KEPT)
    return kept if isinstance(kept, str) else None
