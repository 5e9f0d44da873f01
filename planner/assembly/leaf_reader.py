"""Reads the leaves of a resolved document for the engine: drawn where something is drawn, certain otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import numpy as np

from planner.assembly.leaves import Alias, Node, namers, with_parents
from planner.engine.arrays import FloatArray

PartT = TypeVar("PartT")


class LeafReader:
    """Reads numbers of a resolved document by path, draws first.

    Parts without draws are built once and handed out again as the same object, so that the engine can remember what it
    computed of them (`planner.engine.arrays.remembered`).
    """

    def __init__(self, document: Node, aliases: Mapping[str, Alias]) -> None:
        self.document = document
        self._aliases = aliases
        self._draws: Mapping[str, FloatArray] = {}
        self._noise: Mapping[str, FloatArray] = {}
        self._drawn_paths: frozenset[str] = frozenset()
        self._certain: dict[str, Any] = {}
        self._values: dict[str, FloatArray] = {}
        self._namers = namers(document)
        self._above_paths: tuple[frozenset[str], frozenset[str]] | None = None

    def take(self, draws: Mapping[str, FloatArray], noise: Mapping[str, FloatArray]) -> None:
        """Read from these draws by document path, and log-price noise by path of a price path, from now on."""
        self._draws, self._noise = draws, noise
        self._drawn_paths = self._above(frozenset([*draws, *noise]))

    def number(self, node: Node, name: str, path: str) -> FloatArray:
        """A quantity: its draws, or its central value, shape ``(draws,)`` or ``(1,)``."""
        return self._at(f"{path}.{name}", node[name])

    def optional(self, node: Node, name: str, path: str) -> FloatArray | None:
        """A quantity that may be left out."""
        return None if node.get(name) is None else self.number(node, name, path)

    def number_or(self, node: Node, name: str, path: str, default: float) -> FloatArray:
        """A quantity that has no bearing where it is left out; then `default`."""
        return np.array([default]) if node.get(name) is None else self.number(node, name, path)

    def whole(self, node: Node, name: str, path: str) -> int:
        """A number of months that shapes the schedule: one for all draws of this case."""
        draws = self._drawn(f"{path}.{name}")
        return int(node[name]) if draws is None else int(draws[0])

    def _at(self, path: str, plain: float) -> FloatArray:
        draws = self._drawn(path)
        if draws is not None:
            return draws
        kept = self._values.get(path)
        if kept is None:
            kept = self._values[path] = np.array([plain], dtype=np.float64)
        return kept

    def _drawn(self, path: str) -> FloatArray | None:
        draws = self._draws.get(path)
        if draws is not None or path not in self._aliases:
            return draws
        alias = self._aliases[path]
        source = self._drawn(alias.path)
        return source if source is None or alias.factor == 1.0 else source * alias.factor

    def _part(self, path: str, build: Callable[..., PartT], *arguments: Any) -> PartT:
        """A part of the case: the one built before, unless something in it is drawn."""
        if path in self._drawn_paths:
            return build(*arguments)
        kept = self._certain.get(path)
        if kept is None:
            kept = self._certain[path] = build(*arguments)
        part: PartT = kept
        return part

    def _above(self, paths: frozenset[str]) -> frozenset[str]:
        """Every part that something drawn goes into; the same for all blocks of a run."""
        if self._above_paths is None or self._above_paths[0] != paths:
            drawn = with_parents(paths, self._aliases)
            named = (namer for supply, namers in self._namers.items() if supply in drawn for namer in namers)
            self._above_paths = (paths, drawn | frozenset(named))
        return self._above_paths[1]
