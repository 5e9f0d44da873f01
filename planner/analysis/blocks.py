"""Evaluating many blocks of points alike: the first in the ordinary way, the rest from a recording of it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence

from planner.assembly import Snapshot, assemble
from planner.engine.arrays import FloatArray
from planner.engine.case import Case
from planner.engine.recording import Recording, Unrecordable, record

Values = Mapping[str, FloatArray]
Figures = Callable[[Case, Sequence[int] | None], tuple[FloatArray, ...]]
Kind = tuple[object, ...]

KEPT = 4
"""Recordings kept: each holds the memory of a block. One plan needs one for its draws and one per schedule."""
NARROWEST = 64
"""Points a block must have to be recorded; in a narrower one there is little to gain."""
NOISE = "~"
"""Marks noise among the inputs of a recording; no document path begins with it."""


class Blocks:
    """Evaluates blocks of points of one snapshot. Recorded or not, the results are the same to the last bit.

    Blocks are alike if the same options, the same leaves and the same schedule are asked for at the same number of
    points. The second of its kind is recorded: what is asked once would be recorded in vain.
    """

    def __init__(self, snapshot: Snapshot, shapes_schedule: Callable[[str], bool]) -> None:
        self._snapshot = snapshot
        self._shapes_schedule = shapes_schedule
        self._known: OrderedDict[Kind, Recording | None] = OrderedDict()
        self._unrecordable = False

    def evaluate(
        self, figures: Figures, options: Sequence[int], values: Values, noise: Values
    ) -> tuple[FloatArray, ...]:
        """`figures` of some options at the points of a block; valid until the next call."""
        width = next((draws.shape[-1] for draws in (*values.values(), *noise.values())), 1)
        if self._unrecordable or width < NARROWEST:
            return figures(assemble(self._snapshot, values, noise), options)
        schedule = {path: draws for path, draws in values.items() if self._shapes_schedule(path)}
        free = {path: draws for path, draws in values.items() if path not in schedule}
        inputs = {**free, **{f"{NOISE}{path}": deviations for path, deviations in noise.items()}}
        months = tuple((path, float(draws[0])) for path, draws in schedule.items())
        kind: Kind = (figures, tuple(options), width, months, tuple(inputs))
        return self._found(kind, inputs, lambda drawn: self._evaluated(figures, options, schedule, drawn))

    def _found(
        self, kind: Kind, inputs: Values, evaluated: Callable[[Values], tuple[FloatArray, ...]]
    ) -> tuple[FloatArray, ...]:
        if kind not in self._known:
            self._keep(kind, None)
            return evaluated(inputs)
        known = self._known[kind]
        if known is not None:
            return known.replay(inputs) or evaluated(inputs)
        try:
            found, recording = record(evaluated, inputs)
        except Unrecordable:
            self._unrecordable = True
            return evaluated(inputs)
        self._keep(kind, recording)
        return found

    def _evaluated(
        self, figures: Figures, options: Sequence[int], schedule: Values, drawn: Values
    ) -> tuple[FloatArray, ...]:
        noise = {path.removeprefix(NOISE): each for path, each in drawn.items() if path.startswith(NOISE)}
        free = {path: each for path, each in drawn.items() if not path.startswith(NOISE)}
        return figures(assemble(self._snapshot, {**free, **schedule}, noise), options)

    def _keep(self, kind: Kind, recording: Recording | None) -> None:
        self._known[kind] = recording
        self._known.move_to_end(kind)
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
