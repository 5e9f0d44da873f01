"""Sliders as the what-if page shows them: entry, positions, the track behind them, and what is said about it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from django.forms import BoundField
from django.utils.translation import gettext as _

from planner.analysis.telling import movable_inputs
from planner.analysis.tracks import Flip, Track, tracks
from planner.forms.what_if import WhatIfForm
from planner.renderers.charts.track import track_drawing
from planner.report import words
from planner.report.assumptions import range_of
from planner.report.subject import Subject
from planner.report.uncertainty.inputs import InputName, InputNames

MOST_FLIPS: Final = 3


@dataclass(frozen=True, slots=True)
class LeverView:
    """One slider; ``slug`` is its path as an id that selectors can name, ``steps`` what its positions say."""

    field: BoundField
    slug: str
    label: str
    position: int
    last: int
    steps: str
    track: str
    flips: str
    stands: str
    is_changed: bool


def levers_shown(form: WhatIfForm, now: Subject) -> list[LeverView]:
    """Every slider of the form, with its track in the plan as it is `now`."""
    names = InputNames(now)
    found = tracks(now.snapshot, {path: form.scale(path) for path in form.levers})
    return [_lever(form, now, names[path], found[path]) for path in form.levers]


def addable(base: Subject, form: WhatIfForm) -> list[tuple[str, list[tuple[str, str]]]]:
    """Inputs that are not shown yet, by the part of the plan they belong to: its name, then pairs of path and label."""
    names = InputNames(base)
    groups: dict[str, list[tuple[str, str]]] = {}
    for path in movable_inputs(base.snapshot):
        if path not in form.levers:
            groups.setdefault(_part(base, path), []).append((path, names[path].label))
    return list(groups.items())


def _lever(form: WhatIfForm, now: Subject, name: InputName, track: Track) -> LeverView:
    lever = form.levers[name.path]
    steps = lever.steps()
    flips = _flips(now, name, track)
    return LeverView(
        field=form[name.path],
        slug=name.path.replace(".", "_"),
        label=name.label,
        position=form.position(name.path),
        last=len(steps) - 1,
        steps="|".join(steps),
        track=track_drawing(track, now.faces, lever.base, f"{name.label}: {_in_words(now, name, track)}"),
        flips=flips,
        stands=_stands(now, name, form),
        is_changed=form.data[name.path] != lever.base_text,
    )


def _flips(now: Subject, name: InputName, track: Track) -> str:
    """“Flips at 8.87 m requests a month (from A to O).” and, for a start month, the one that costs least."""
    return f"{_changes(now, name, track)} {_best_start(now, track)}".strip()


def _changes(now: Subject, name: InputName, track: Track) -> str:
    """Where the winner changes on this track, or who wins everywhere on it."""
    if not track.flips:
        winners = [each.winner for each in track.stretches if each.winner is not None]
        if not winners:
            return _("It cannot be computed with any of these values.")
        low, high = (name.said(end, now.currency) for end in (track.scale.low, track.scale.high))
        said = {"letter": now.faces[winners[0]].letter, "low": low, "high": high}
        return _("%(letter)s wins everywhere from %(low)s to %(high)s.") % said
    flips = [_flip(now, name, flip) for flip in track.flips[:MOST_FLIPS]]
    more = len(track.flips) - MOST_FLIPS
    if more > 0:
        flips.append(_("and %(count)s more") % {"count": words.count(more, "flip")})
    return _("Flips at %(flips)s.") % {"flips": ", ".join(flips)}


def _flip(now: Subject, name: InputName, flip: Flip) -> str:
    letters = now.faces[flip.below].letter, now.faces[flip.above].letter
    said = {"value": name.said(flip.value, now.currency), "before": letters[0], "after": letters[1]}
    return _("%(value)s (from %(before)s to %(after)s)") % said


def _best_start(now: Subject, track: Track) -> str:
    """For a start month: the one in which its own option costs least."""
    steps = track.path.split(".")
    if steps[-1] != "go_live_month":
        return ""
    at = [option.id for option in now.outcome.options].index(steps[1])
    month = track.best_values[at]
    return _("It costs least from month %(month)d on.") % {"month": month} if math.isfinite(month) else ""


def _in_words(now: Subject, name: InputName, track: Track) -> str:
    """The stretches for who cannot see them: “A up to 6.90 m requests/month, then H”."""
    parts: list[str] = []
    for stretch in track.stretches:
        who = _("cannot be computed") if stretch.winner is None else now.faces[stretch.winner].name
        is_last = stretch is track.stretches[-1]
        until = "" if is_last else _(" up to %(value)s") % {"value": name.said(stretch.end, now.currency)}
        parts.append(f"{who}{until}")
    return _(", then ").join(parts)


def _stands(now: Subject, name: InputName, form: WhatIfForm) -> str:
    """What the plan says: its value, and its range where it has one."""
    lever = form.levers[name.path]
    text = _("The plan says %(value)s") % {"value": name.said(lever.base, now.currency)}
    low, high = range_of(lever.given)
    if low is None or high is None:
        return f"{text}."
    ends = {"low": _bare(name, low), "high": _bare(name, high)}
    return text + _(", between %(low)s and %(high)s.") % ends


def _bare(name: InputName, value: float) -> str:
    """A value without its unit, which the sentence has said already."""
    if name.plan_unit.startswith("share"):
        return words.percent(value)
    return words.number(value)


def _part(base: Subject, path: str) -> str:
    steps = path.split(".")
    if steps[0] == "workloads":
        workload = next(each for each in base.plan.workloads if each.id == steps[1])
        return _("Use: %(name)s") % {"name": workload.name or workload.id}
    if steps[0] == "options":
        face = next(face for face in base.faces if face.option_id == steps[1])
        return f"{face.letter} {face.name}"
    return {"market": _("Market"), "finance": _("Finance")}.get(steps[0], steps[0])
