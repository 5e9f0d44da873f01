"""What options are called inside a sentence: by what is done, or by name where two of a kind would be confused."""

from __future__ import annotations

from planner.engine.case import ApiSupply
from planner.engine.outcome import OptionOutcome
from planner.report import words
from planner.report.subject import Subject
from planner.report.types import ColourKey

_DOING: dict[ColourKey, str] = {
    "api": "another API",
    "open": "buying open weights from a host",
    "router": "a router",
    "host": "hosting",
    "tune": "fine-tuning",
    "train": "training your own model",
    "silicon": "your own chips",
}


def doing(subject: Subject, option: OptionOutcome) -> str:
    """What choosing this option means, to stand inside a sentence: “hosting”, or its name in quotes."""
    face = subject.face(option)
    if face.is_baseline:
        return "today’s way"
    alone = sum(other.colour == face.colour and not other.is_baseline for other in subject.faces) == 1
    if not alone:
        return quoted(subject, option)
    if face.colour == "api" and follows_newest(subject, option):
        return "always buying the newest model"
    return _DOING[face.colour]


def headline(subject: Subject, option: OptionOutcome) -> str:
    """The answer as a headline, by the kind of the winner."""
    face = subject.face(option)
    if face.colour == "api" and not face.is_baseline and follows_newest(subject, option):
        return "Always buy the newest model."
    return words.headline(face.colour, is_baseline=face.is_baseline)


def follows_newest(subject: Subject, option: OptionOutcome) -> bool:
    """Whether what sets an API option apart is that it always moves to the newest model."""
    today, mine = subject.case_option(subject.baseline).primary, subject.case_option(option).primary
    if not isinstance(mine, ApiSupply) or mine.follows != "frontier":
        return False
    return not isinstance(today, ApiSupply) or today.follows != "frontier"


def quoted(subject: Subject, option: OptionOutcome) -> str:
    return f"“{subject.face(option).name}”"


def capitalised(text: str) -> str:
    """The first letter upper case, the rest as it stands; quotation marks are passed over."""
    for at, letter in enumerate(text):
        if letter.isalpha():
            return text[:at] + letter.upper() + text[at + 1 :]
    return text
