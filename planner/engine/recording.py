"""The same evaluation again, with other draws: numpy calls noted once, then made anew without the Python around them.

A block of draws costs about a thousand short numpy calls, and deciding which to make takes longer than making them.
`record` runs a function once with stand-ins for its drawn inputs and notes each call; a `Recording` makes them again on
the next block: the same operations in the same order on the same shapes, so the same bits. What depends on no draw
is worked out once, what two options have in common once per block, what nobody asks for not at all; and arrays whose
turn is over lend their memory to the next, which therefore is still in the cache.

Trap: code may branch on what was drawn (``if not fees.any()``). Every such question is noted with its answer; a block
that answers differently is not replayed (`Recording.replay` gives None) and has to be evaluated in the ordinary way.
What cannot be noted, such as reading a single number out of a drawn array, raises `Unrecordable` while recording.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn, cast

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin
from numpy.typing import NDArray

from planner.engine.arrays import FloatArray

AnyArray = NDArray[Any]
Call = tuple[Callable[..., object], tuple[Any, ...], Mapping[str, Any]]
View = tuple[str, Any]

SMALL = 8192
"""Constants up to this many bytes are compared by content, so that equal ones are recognised as the same."""


class Unrecordable(Exception):
    """The function does something with drawn arrays that cannot be noted."""


class _Changed(Exception):
    """A question about the draws has another answer than in the recorded block."""


class Noted(NDArrayOperatorsMixin):
    """Stands for an array computed from draws; behaves like the array of the recorded block and notes what is done.

    `base` numbers the memory it lies in, `views` leads from there to this part of it.
    """

    __slots__ = ("_notes", "array", "base", "views")
    __hash__ = None  # type: ignore[assignment]  # equality is elementwise, as with arrays

    def __init__(self, notes: _Notes, array: AnyArray, base: int, views: tuple[View, ...] = ()) -> None:
        self._notes = notes
        self.array = array
        self.base = base
        self.views = views
        notes.made.append(self)

    # What has an answer that is the same for every block.

    @property
    def shape(self) -> tuple[int, ...]:
        return self.array.shape

    @property
    def ndim(self) -> int:
        return self.array.ndim

    @property
    def size(self) -> int:
        return self.array.size

    @property
    def dtype(self) -> np.dtype[Any]:
        return self.array.dtype

    def __len__(self) -> int:
        return len(self.array)

    # What is computed.

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        out = options.pop("out", None)
        if method == "__call__" and not options:
            return self._notes.elementwise(ufunc, inputs, None if out is None else out[0])
        axis = options.pop("axis", 0)
        if any(each for each in (out, *options.values())) or method not in ("reduce", "accumulate"):
            raise Unrecordable(f"{ufunc.__name__}.{method}")
        return self._notes.along(ufunc, method, inputs[0], axis)

    def __array_function__(
        self, function: Callable[..., Any], types: object, args: tuple[Any, ...], options: dict[str, Any]
    ) -> Any:
        known = FUNCTIONS.get(function)
        if known is None:
            raise Unrecordable(getattr(function, "__name__", str(function)))
        return known(self._notes, *args, **options)

    def __getitem__(self, key: Any) -> Noted:
        if isinstance(key, list | np.ndarray):
            return self._notes.rows(self, np.asarray(key))
        if not _is_view_key(key):
            raise Unrecordable("an index that depends on draws")
        part = self.array[key]
        if not isinstance(part, np.ndarray):
            raise Unrecordable("a single number")
        return Noted(self._notes, part, self.base, (*self.views, ("part", _frozen(key))))

    def __setitem__(self, key: Any, value: Any) -> None:
        if isinstance(key, list | np.ndarray):
            self._notes.scatter(self, np.asarray(key), value)
        else:
            self._notes.assign(self[key], value)

    def copy(self) -> Noted:
        return self._notes.cast(self, self.dtype)

    def astype(self, dtype: Any) -> Noted:
        return self._notes.cast(self, np.dtype(dtype))

    def any(self) -> Noted:
        return self._notes.along(np.logical_or, "reduce", self, None)

    def all(self) -> Noted:
        return self._notes.along(np.logical_and, "reduce", self, None)

    def min(self) -> Noted:
        return self._notes.along(np.minimum, "reduce", self, None)

    def max(self) -> Noted:
        return self._notes.along(np.maximum, "reduce", self, None)

    # What leaves the arrays.

    def __bool__(self) -> bool:
        return self._notes.question(self)

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise Unrecordable("a drawn array used as a number or as memory")

    __array__ = __float__ = __int__ = __index__ = __complex__ = __iter__ = _refuse


def _is_view_key(key: Any) -> bool:
    parts = key if isinstance(key, tuple) else (key,)
    return all(each is None or each is Ellipsis or isinstance(each, int | np.integer | slice) for each in parts)


def _frozen(key: Any) -> Any:
    """An index as something that can be compared: slices are not hashable before Python 3.12."""
    if isinstance(key, tuple):
        return tuple(_frozen(each) for each in key)
    return ("slice", key.start, key.stop, key.step) if isinstance(key, slice) else key


def _thawed(key: Any) -> Any:
    if isinstance(key, tuple):
        return slice(*key[1:]) if key[:1] == ("slice",) else tuple(_thawed(each) for each in key)
    return key


def _seen(array: AnyArray, views: Sequence[View]) -> AnyArray:
    """The part of an array that `views` lead to, sharing its memory."""
    for kind, how in views:
        array = array[_thawed(how)] if kind == "part" else np.broadcast_to(array, how)
    return array


@dataclass(frozen=True, slots=True)
class _Step:
    """One noted call. `reads` and `writes` are bases; `calls` turns operands in real memory into calls.

    `fresh`: the step makes the base it writes. `in_place`: it may write over an operand whose turn is over.
    """

    operands: tuple[Any, ...]
    calls: Callable[..., Sequence[Call]]
    writes: Noted | None
    fresh: bool
    in_place: bool = False

    @property
    def reads(self) -> tuple[int, ...]:
        return tuple(each.base for each in self.operands if isinstance(each, Noted))


@dataclass(slots=True)
class _Notes:
    """What was done to drawn arrays, in order."""

    steps: list[_Step] = field(default_factory=list)
    bases: int = 0
    made: list[Noted] = field(default_factory=list)
    _known: dict[Hashable, tuple[Noted, int]] = field(default_factory=dict)
    _changes: Counter[int] = field(default_factory=Counter)
    _shared: set[int] = field(default_factory=set)
    _constants: dict[int, Any] = field(default_factory=dict)

    def given(self, array: AnyArray) -> Noted:
        """A stand-in for an input."""
        return self._new(array)

    def elementwise(self, ufunc: np.ufunc, inputs: Sequence[Any], out: Any) -> Noted:
        def calls(target: AnyArray, *operands: Any) -> Sequence[Call]:
            return [(ufunc, operands, {"out": target})]

        if out is not None:
            if not isinstance(out, Noted):
                raise Unrecordable("a drawn result written into an array that is not drawn")
            ufunc(*map(_plain, inputs), out=out.array)
            self._change(out)
            self.steps.append(_Step(tuple(inputs), calls, out, fresh=False))
            return out
        return self._computed((ufunc,), inputs, ufunc, calls, in_place=True)

    def along(self, ufunc: np.ufunc, method: str, array: Any, axis: int | None) -> Noted:
        run = getattr(ufunc, method)

        def calls(target: AnyArray, operand: AnyArray) -> Sequence[Call]:
            return [(run, (operand, axis, None, target), {})]

        return self._computed((ufunc, method, axis), (array,), lambda plain: np.asarray(run(plain, axis=axis)), calls)

    def rows(self, array: Noted, months: AnyArray) -> Noted:
        if months.ndim != 1 or months.dtype.kind not in "iu":
            raise Unrecordable("an index that is not a list of rows")
        chosen = np.ascontiguousarray(np.where(months < 0, months + len(array), months), dtype=np.intp)

        def calls(target: AnyArray, operand: AnyArray) -> Sequence[Call]:
            return [(operand.take, (chosen, 0, target, "clip"), {})]

        return self._computed(("rows", chosen.tobytes()), (array,), lambda plain: plain[chosen], calls)

    def where(self, condition: Any, yes: Any, no: Any) -> Noted:
        def calls(target: AnyArray, condition: Any, yes: Any, no: Any) -> Sequence[Call]:
            return [(np.copyto, (target, no), {}), (np.copyto, (target, yes), {"where": condition})]

        return self._computed(("where",), (condition, yes, no), np.where, calls)

    def joined(self, function: Callable[..., AnyArray], arrays: Sequence[Any], axis: int) -> Noted:
        def calls(target: AnyArray, *operands: Any) -> Sequence[Call]:
            return [(function, (operands, axis, target), {})]

        key = (function, axis)
        return self._computed(key, arrays, lambda *plain: function(plain, axis=axis), calls)

    def cast(self, array: Noted, dtype: np.dtype[Any]) -> Noted:
        """A copy that may be changed in place: never shared."""

        def calls(target: AnyArray, operand: AnyArray) -> Sequence[Call]:
            return [(np.copyto, (target, operand, "unsafe"), {})]

        return self._computed(None, (array,), lambda plain: plain.astype(dtype, order="C", copy=True), calls)

    def filled(self, shape: tuple[int, ...], number: float) -> Noted:
        def calls(target: AnyArray) -> Sequence[Call]:
            return [(target.fill, (number,), {})]

        return self._computed(None, (), lambda: np.full(shape, number), calls)

    def assign(self, target: Noted, value: Any) -> None:
        plain = _plain(value)
        # ``part += x`` ends with ``array[key] = part``, which puts a view where it already is.
        if isinstance(value, Noted) and value.base == target.base and value.views == target.views:
            return
        self._change(target)
        target.array[...] = plain
        self.steps.append(
            _Step((value,), lambda into, operand: [(np.copyto, (into, operand), {})], target, fresh=False)
        )

    def scatter(self, target: Noted, rows: AnyArray, value: Any) -> None:
        self._change(target)
        target.array[rows] = _plain(value)
        self.steps.append(
            _Step((value,), lambda into, operand: [(into.__setitem__, (rows, operand), {})], target, fresh=False)
        )

    def question(self, asked: Noted) -> bool:
        answer = bool(asked.array)

        def check(current: AnyArray) -> None:
            if bool(current) is not answer:
                raise _Changed

        self.steps.append(_Step((asked,), lambda operand: [(check, (operand,), {})], None, fresh=False))
        return answer

    def _computed(
        self,
        what: tuple[Hashable, ...] | None,
        operands: Sequence[Any],
        compute: Callable[..., AnyArray],
        calls: Callable[..., Sequence[Call]],
        *,
        in_place: bool = False,
    ) -> Noted:
        """The result of a call, the earlier one where the same call was made before."""
        key = None if what is None else (*what, *map(self._key, operands))
        known, changes = self._known.get(key, (None, 0))
        if known is not None and changes == self._changes[known.base]:
            self._shared.add(known.base)
            return known
        array = np.asarray(compute(*map(_plain, operands)))
        if not array.flags.c_contiguous:
            raise Unrecordable("a result that does not lie row by row")
        result = self._new(array)
        self.steps.append(_Step(tuple(operands), calls, result, fresh=True, in_place=in_place))
        if key is not None:
            self._known[key] = result, 0
        return result

    def _new(self, array: AnyArray) -> Noted:
        self.bases += 1
        return Noted(self, array, self.bases - 1)

    def _change(self, target: Noted) -> None:
        """Notes that memory changes: what was computed of it before is not what would be computed of it now."""
        if target.base in self._shared:
            raise Unrecordable("a change of an array that two results share")
        self._changes[target.base] += 1

    def _key(self, operand: Any) -> Hashable:
        if isinstance(operand, Noted):
            return operand.base, self._changes[operand.base], operand.views
        if isinstance(operand, np.ndarray):
            self._constants[id(operand)] = operand
            same = operand.tobytes() if operand.nbytes <= SMALL else id(operand)
            return operand.shape, operand.dtype.str, same
        return type(operand), operand


def _plain(operand: Any) -> Any:
    return operand.array if isinstance(operand, Noted) else operand


def _zeros_like(notes: _Notes, array: Any, shape: tuple[int, ...] | None = None, **_: Any) -> Noted:
    return notes.filled(array.shape if shape is None else shape, 0.0)


def _ones_like(notes: _Notes, array: Any) -> AnyArray:
    return np.ones(array.shape)


def _broadcast_to(notes: _Notes, array: Noted, shape: tuple[int, ...]) -> Noted:
    return Noted(notes, np.broadcast_to(array.array, shape), array.base, (*array.views, ("wide", shape)))


FUNCTIONS: Mapping[Callable[..., Any], Callable[..., Any]] = {
    np.where: lambda notes, *arrays: notes.where(*arrays),
    np.any: lambda notes, array: array.any(),
    np.all: lambda notes, array: array.all(),
    np.zeros_like: _zeros_like,
    np.ones_like: _ones_like,
    np.broadcast_to: _broadcast_to,
    np.stack: lambda notes, arrays, axis=0: notes.joined(np.stack, arrays, axis),
    np.concatenate: lambda notes, arrays, axis=0: notes.joined(np.concatenate, arrays, axis),
}
"""Functions of numpy, other than its ufuncs, that the engine calls with drawn arrays."""


class Recording:
    """Calls ready to be made again; `replay` is not for two threads at once, since all blocks share its memory."""

    def __init__(self, inputs: Mapping[str, AnyArray], calls: Sequence[Call], outputs: Sequence[AnyArray]) -> None:
        self._inputs = inputs
        self._calls = calls
        self._outputs = tuple(outputs)

    def replay(self, inputs: Mapping[str, FloatArray]) -> tuple[FloatArray, ...] | None:
        """Results for other inputs of the same shapes, valid until the next replay; None where a branch differs."""
        for name, memory in self._inputs.items():
            memory[...] = inputs[name]
        try:
            # What a branch guards against (0/0 and the like) is guarded here by the questions.
            with np.errstate(all="ignore"):
                for function, operands, options in self._calls:
                    function(*operands, **options)
        except _Changed:
            return None
        return self._outputs


def record(
    function: Callable[[Mapping[str, FloatArray]], Sequence[FloatArray]], inputs: Mapping[str, FloatArray]
) -> tuple[tuple[FloatArray, ...], Recording]:
    """Results of a function of drawn inputs, and the recording to compute them of others.

    Raises `Unrecordable`, and whatever the function raises.
    """
    notes = _Notes()
    given = {name: notes.given(np.array(array, dtype=np.float64)) for name, array in inputs.items()}
    results = function(cast(Mapping[str, FloatArray], given))
    plain = tuple(np.array(_plain(each)) for each in results)
    recording = _compiled(notes, given, results)
    # Stand-ins outlive the recording in what the engine remembers; their arrays need not.
    for each in notes.made:
        each.array = np.empty(0)
    return plain, recording


def _compiled(notes: _Notes, given: Mapping[str, Noted], results: Sequence[Any]) -> Recording:
    wanted = [each for each in results if isinstance(each, Noted)]
    steps = _needed(notes.steps, {each.base for each in wanted})
    memory = _Memory(steps, keep={each.base for each in (*given.values(), *wanted)})
    for each in given.values():
        memory.own(each)
    calls: list[Call] = []
    for at, step in enumerate(steps):
        calls += memory.placed(at, step)
    return Recording(
        {name: memory.of(each) for name, each in given.items()},
        calls,
        [memory.of(each) if isinstance(each, Noted) else np.asarray(each) for each in results],
    )


def _needed(steps: Sequence[_Step], wanted: set[int]) -> list[_Step]:
    """Steps that the results or a question depend on, in order."""
    needed, kept = set(wanted), []
    for step in reversed(steps):
        if step.writes is None or step.writes.base in needed:
            kept.append(step)
            needed.update(step.reads)
    return kept[::-1]


class _Memory:
    """Gives every base real memory, that of a base whose turn is over where there is one."""

    def __init__(self, steps: Sequence[_Step], keep: set[int]) -> None:
        self._keep = keep
        self._last: dict[int, int] = {}
        for at, step in enumerate(steps):
            for base in (*step.reads, *(() if step.writes is None else (step.writes.base,))):
                self._last[base] = at
        self._arrays: dict[int, AnyArray] = {}
        self._free: dict[tuple[tuple[int, ...], str], list[AnyArray]] = {}

    def own(self, noted: Noted) -> None:
        """Memory of an input."""
        self._arrays[noted.base] = np.empty(noted.shape, noted.dtype)

    def of(self, operand: Any) -> Any:
        """An operand in real memory; constants as they are."""
        return _seen(self._arrays[operand.base], operand.views) if isinstance(operand, Noted) else operand

    def placed(self, at: int, step: _Step) -> Sequence[Call]:
        """The calls of step `at`, with memory for its result."""
        operands = [self.of(each) for each in step.operands]
        if step.writes is None:
            calls = step.calls(*operands)
        else:
            if step.fresh:
                self._arrays[step.writes.base] = self._room(at, step, step.writes)
            calls = step.calls(self.of(step.writes), *operands)
        self._release(at, step)
        return calls

    def _room(self, at: int, step: _Step, result: Noted) -> AnyArray:
        if step.in_place:
            for each in step.operands:
                if isinstance(each, Noted) and self._may_be_overwritten(at, step, each, result):
                    return self._arrays[each.base]
        free = self._free.get((result.shape, result.dtype.str))
        return free.pop() if free else np.empty(result.shape, result.dtype)

    def _may_be_overwritten(self, at: int, step: _Step, operand: Noted, result: Noted) -> bool:
        """Whether an operand is read here for the last time, as a whole, and has the form of the result."""
        whole = all(not each.views for each in step.operands if isinstance(each, Noted) and each.base == operand.base)
        memory = self._arrays[operand.base]
        alike = memory.shape == result.shape and memory.dtype == result.dtype
        return whole and alike and operand.base not in self._keep and self._last[operand.base] == at

    def _release(self, at: int, step: _Step) -> None:
        into = None if step.writes is None else self._arrays[step.writes.base]
        for base in {*step.reads, *(() if step.writes is None else (step.writes.base,))}:
            memory = self._arrays[base]
            if self._last[base] == at and base not in self._keep and memory is not into:
                self._free.setdefault((memory.shape, memory.dtype.str), []).append(memory)
