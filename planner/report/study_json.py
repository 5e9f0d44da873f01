"""A study as JSON: the distribution, how sure it is, and what the answer hangs on; written and read back.

What is written is what every figure is drawn from, so a stored run shows the same picture for as long as it is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pydantic import TypeAdapter

from planner.report import words
from planner.report.subject import Subject
from planner.report.types import Report, Sentence
from planner.report.uncertainty.findings import Findings

Json = dict[str, Any]

_ADAPTER: Final = TypeAdapter(Findings)
_AT_THE_TOP: Final = ("draws", "seed", "sampler", "evpi")
_IN_THE_VERDICT: Final = ("gap", "gap_standard_error", "enough_draws")
_ELSEWHERE: Final = frozenset({"options", "best", "runner_up", *_AT_THE_TOP, *_IN_THE_VERDICT})


def study_document(certain: Mapping[str, Any], subject: Subject, report: Report, findings: Findings) -> Json:
    """The certain result with the simulated parts. Costs are negative, so P10 is the bad end.

    `verdict` is then the one over the simulated futures: best has the highest mean NPV. The one of the central case
    moves to `central_verdict`.
    """
    parts: Json = _ADAPTER.dump_python(findings, mode="json")
    options = {option.pop("id"): option for option in parts["options"]}
    return {
        **certain,
        "verdict": _verdict(subject, report, findings),
        "central_verdict": certain["verdict"],
        "distribution": options,
        "standard_error": {name: option["standard_error"] for name, option in options.items()},
        **{name: parts[name] for name in _AT_THE_TOP},
        "analyses": {name: part for name, part in parts.items() if name not in _ELSEWHERE},
    }


def findings_in(document: Mapping[str, Any]) -> Findings | None:
    """The findings a result document was written from; None for a result without draws."""
    if "analyses" not in document:
        return None
    verdict, ids = document["verdict"], list(document["distribution"])
    return _ADAPTER.validate_python(
        {
            **document["analyses"],
            **{name: document[name] for name in _AT_THE_TOP},
            **{name: verdict[name] for name in _IN_THE_VERDICT},
            "options": [{"id": name, **option} for name, option in document["distribution"].items()],
            "best": ids.index(verdict["best"]),
            "runner_up": None if verdict["next"] is None else ids.index(verdict["next"]),
        }
    )


def _verdict(subject: Subject, report: Report, findings: Findings) -> Json:
    best = findings.options[findings.best]
    runner_up = None if findings.runner_up is None else findings.options[findings.runner_up].id
    return {
        "best": best.id,
        "next": runner_up,
        "gap": findings.gap,
        "gap_standard_error": findings.gap_standard_error,
        "enough_draws": findings.enough_draws,
        "gap_to_baseline": best.mean - findings.option(subject.baseline.id).mean,
        "p_best": best.p_best,
        "confidence": words.confidence(best.p_best),
        "close_call": any(item.id == "verdict.flip" for item in report.items),
        "headline": report.sentence("verdict.headline").text,
        "sentence": report.sentence("verdict.lead").text,
        "sentences": [item.text for item in report.items if isinstance(item, Sentence)],
    }
