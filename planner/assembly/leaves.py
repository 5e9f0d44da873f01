"""Which leaves of a document shape what: aliases, whole months, and the parts of a case that a drawn leaf goes into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Alias:
    """A leaf that takes the value of another one, times a factor, because its default says so."""

    path: str
    factor: float = 1.0


WHOLE_LEAVES = frozenset(
    {
        "go_live_month",
        "ramp_months",
        "refresh_every",
        "migrate_every",
        "commitment_end",
        "reserved_term_months",
        "useful_life_months",
        "lead_months",
        "duration_months",
        "start_month",
        "end_month",
        "month",
    }
)
"""Leaves that shape the schedule: one evaluation holds one value of each."""

MOST_PROJECTS = 100
"""More development projects than any option has."""

REPLICA_LEAVES = frozenset(
    {
        "token_factor",
        "gpus_per_replica",
        "weight_bytes",
        "kv_bytes",
        "bandwidth_efficiency",
        "compute_efficiency",
        "software_factor",
        "max_seconds_per_token",
        "prefill_tokens_per_s",
        "decode_tokens_per_s",
    }
)
"""Leaves of a hosted supply that belong to its replica, beside everything under `model` and `accelerator`."""


def with_parents(paths: frozenset[str], aliases: Mapping[str, Alias]) -> frozenset[str]:
    """Paths that contain something drawn: the leaves themselves, what follows them, and every part above."""
    drawn = {*paths, *(path for path, alias in aliases.items() if _source(alias, aliases) in paths)}
    found: set[str] = set()
    for path in drawn:
        parts = path.split(".")
        found.update(".".join(parts[:depth]) for depth in range(1, len(parts) + 1))
        if parts[0] == "options" and len(parts) > 3:
            found |= _parts_of_a_supply(parts)
    return frozenset(found)


def namers(document: Node) -> dict[str, list[str]]:
    """Options by the primary they name as fallback or interim: they change when it does."""
    found: dict[str, list[str]] = {}
    for option in document["options"]:
        for role in ("fallback", "interim"):
            use = option.get(role)
            if use and "supply" in use:
                found.setdefault(f"options.{use['supply']}.primary", []).append(f"options.{option['id']}")
    return found


def _source(alias: Alias, aliases: Mapping[str, Alias]) -> str:
    while alias.path in aliases:
        alias = aliases[alias.path]
    return alias.path


def _parts_of_a_supply(parts: list[str]) -> set[str]:
    """Objects that a leaf of a supply goes into beside the parts above it; training takes the model's size."""
    option, supply = ".".join(parts[:2]), ".".join(parts[:3])
    found = {f"{supply}.use"}
    if parts[3].endswith("_price"):
        found.add(f"{supply}.prices")
    if parts[3] in REPLICA_LEAVES or parts[3] in ("model", "accelerator"):
        found.add(f"{supply}.replica")
    if parts[3] == "model":
        found |= {f"{option}.develop.{at}" for at in range(MOST_PROJECTS)}
    return found
