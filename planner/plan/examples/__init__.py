"""The templates a user starts from: a plan each, and beside it what it is about and where its inputs come from.

``<id>.json`` is the plan document, as any user could have written it. ``<id>.about.json`` holds the title, what decides
the answer, where the four quick-start answers go and the sources of the inputs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

ORDER: Final = (
    "code-completion",
    "support-chat",
    "legal-assistant",
    "search-answers",
    "document-extraction",
    "coding-agent",
    "nightly-batch",
    "local-machines",
    "own-silicon",
    "the-essay",
)
"""The order in which templates are offered: everyday uses first, the whole argument last."""

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class QuickStart:
    """Dotted paths of the inputs that the four opening questions replace."""

    requests: str
    input_tokens: str
    output_tokens: str
    model: str
    growth: str


@dataclass(frozen=True, slots=True)
class InputSource:
    """Where a template's input comes from. ``confidence`` is ``found``, ``derived`` or ``judgement``; ``path`` may
    name a group, then it speaks for every input below it."""

    path: str
    source: str
    url: str | None
    as_of: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Template:
    """A plan to start from.

    ``expected_best`` is the option that wins with the catalogue the template was written against,
    ``expected_in_scenarios`` the one that wins in each of its scenarios: what ``decides`` says, for a test to hold.
    """

    id: str
    title: str
    description: str
    question: str
    decides: str
    expected_best: str
    expected_in_scenarios: Mapping[str, str]
    quick_start: QuickStart
    sources: tuple[InputSource, ...]
    json: bytes

    @property
    def document(self) -> dict[str, Any]:
        """The plan document, a fresh copy that the caller may change."""
        document: dict[str, Any] = json.loads(self.json)
        return document

    def source_of(self, path: str) -> InputSource | None:
        """The most specific source that speaks for the input at ``path``."""
        speaking = [source for source in self.sources if path == source.path or path.startswith(f"{source.path}.")]
        return max(speaking, key=lambda source: len(source.path), default=None)


def templates() -> list[Template]:
    """All templates, in the order in which they are offered."""
    return [template(template_id) for template_id in ORDER]


@cache
def template(template_id: str) -> Template:
    """The template with this id; KeyError names the ones there are."""
    if template_id not in ORDER:
        raise KeyError(f"There is no template “{template_id}”. There are: {', '.join(ORDER)}.")
    about = json.loads((_FOLDER / f"{template_id}.about.json").read_text(encoding="utf-8"))
    return Template(
        id=template_id,
        title=about["title"],
        description=about["description"],
        question=about["question"],
        decides=about["decides"],
        expected_best=about["expected_best"],
        expected_in_scenarios=about["expected_in_scenarios"],
        quick_start=QuickStart(**about["quick_start"]),
        sources=tuple(_source(row) for row in about["sources"]),
        json=(_FOLDER / f"{template_id}.json").read_bytes(),
    )


def _source(row: dict[str, str]) -> InputSource:
    return InputSource(row["path"], row["source"], row.get("url"), row["as_of"], row["confidence"])
