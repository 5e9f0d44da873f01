"""Named market scenarios: complete `market` sections of a plan, built from the ranges of the defaults."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pricing.catalogue.packaged import read_text


@dataclass(frozen=True, slots=True)
class MarketScenario:
    """`market` is a plan's section of that name; `sentence` says what happens in it."""

    id: str
    name: str
    sentence: str
    market: Mapping[str, Any]

    def section(self) -> dict[str, Any]:
        """The section to put into a plan; the caller's own copy."""
        return deepcopy(dict(self.market))


@lru_cache(maxsize=1)
def market_scenarios() -> tuple[MarketScenario, ...]:
    """All named scenarios, the likely one first."""
    return tuple(MarketScenario(**row) for row in json.loads(read_text("market_scenarios.json")))


def market_scenario(scenario_id: str) -> MarketScenario | None:
    return next((scenario for scenario in market_scenarios() if scenario.id == scenario_id), None)
