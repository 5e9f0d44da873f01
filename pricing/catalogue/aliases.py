"""The names people use for what the catalogue knows under one id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from pricing.catalogue.packaged import csv_rows
from pricing.catalogue.source import ReferenceKind

MAKERS = (
    "openai",
    "anthropic",
    "google",
    "mistral",
    "deepseek",
    "x-ai",
    "cohere",
    "moonshotai",
    "zai",
    "minimax",
    "meta",
)
"""A model named without a provider means its maker's own offer; the first of these that lists it."""

SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class AliasTable:
    """`targets`: alias → id, per kind. `providers`: the provider's other names."""

    targets: Mapping[ReferenceKind, Mapping[str, str]]
    providers: Mapping[str, str]

    @classmethod
    @lru_cache(maxsize=1)
    def packaged(cls) -> AliasTable:
        targets: dict[ReferenceKind, dict[str, str]] = {
            "api_prices": {},
            "accelerator": {},
            "architecture": {},
            "price_series": {},
        }
        by_name: dict[str, dict[str, str]] = {str(kind): aliases for kind, aliases in targets.items()}
        for row in csv_rows("aliases.csv"):
            by_name[row["kind"]][row["alias"]] = row["target"]
        return cls(targets, {row["alias"]: row["provider"] for row in csv_rows("provider_aliases.csv")})

    def resolve(self, kind: ReferenceKind, ref: str, known: Mapping[str, object]) -> str | None:
        """The id that `ref` means, or None. An exact id wins over every alias."""
        name = normalised(ref)
        for candidate in self._candidates(kind, name):
            if candidate in known:
                return candidate
        return None

    def _candidates(self, kind: ReferenceKind, name: str) -> Iterable[str]:
        yield name
        aliases = self.targets[kind]
        if name in aliases:
            yield aliases[name]
        if kind != "api_prices":
            return
        provider, slash, model = name.partition("/")
        if slash and provider in self.providers:
            renamed = f"{self.providers[provider]}/{model}"
            yield renamed
            if renamed in aliases:
                yield aliases[renamed]
        if not slash:
            for maker in MAKERS:
                yield f"{maker}/{name}"
                if f"{maker}/{name}" in aliases:
                    yield aliases[f"{maker}/{name}"]

    def suggest(self, kind: ReferenceKind, ref: str, known: Iterable[str]) -> list[str]:
        """The nearest known names, best first: what an error message offers."""
        names = [*known, *self.targets[kind]]
        name = normalised(ref)
        contained = sorted((n for n in names if name and name in n), key=len)
        near = get_close_matches(name, names, n=SUGGESTIONS, cutoff=0.6)
        return list(dict.fromkeys([*contained[:SUGGESTIONS], *near]))[:SUGGESTIONS]


def normalised(ref: str) -> str:
    """Lower case, no spaces around, spaces and underscores in names as hyphens where ids have them."""
    return ref.strip().lower().replace(" ", "-")
