"""Supplies: an API that is paid by the token, a model hosted on rented or owned accelerators."""

from __future__ import annotations

from typing import Any

import numpy as np

from planner.assembly.bind_market import MarketBinder
from planner.assembly.leaves import Node
from planner.engine import case
from planner.engine.arrays import FloatArray


class SupplyBinder(MarketBinder):
    """Binds an option's primary, and the APIs that stand in for it."""

    def _supply(self, node: Node, path: str) -> case.Supply:
        return self._api(node, path) if node["kind"] == "api" else self._hosted(node, path)

    def _api(self, node: Node, path: str) -> case.ApiSupply:
        return case.ApiSupply(
            tier=node["tier"],
            relative_coverage=self.number(node, "relative_coverage", path),
            token_factor=self.number(node, "token_factor", path),
            prices=self._part(f"{path}.prices", self._prices, node, path),
            price_tiers=self._tiers(node, path),
            batch_discount=self.number(node, "batch_discount", path),
            discount=self._discount(node["discount"], f"{path}.discount"),
            monthly_commitment=self.number(node, "monthly_commitment", path),
            commitment_end=None if node.get("commitment_end") is None else self.whole(node, "commitment_end", path),
            follows=node["follows"],
            migrate_every=self.whole(node, "migrate_every", path),
            migration_cost=self.number(node, "migration_cost", path),
            price_path=self._optional_path(node, "price_path", path),
        )

    def _discount(self, node: Any, path: str) -> tuple[tuple[FloatArray, FloatArray], ...]:
        if not isinstance(node, list | tuple):
            return ((np.zeros(1), self._at(path, node)),)
        return tuple(
            (self._at(f"{path}.{at}.0", threshold), self._at(f"{path}.{at}.1", fraction))
            for at, (threshold, fraction) in enumerate(node)
        )

    def _use(self, node: Node | None, path: str) -> case.ApiUse | None:
        """An API as fallback or interim; a hosted one named by default is left out (`checks` refuses it where used)."""
        if node is None:
            return None
        if "supply" not in node:
            return case.ApiUse(self._api(node, path), None)
        named = next(each for each in self.document["options"] if each["id"] == node["supply"])
        if named["primary"]["kind"] != "api":
            return None
        place = f"options.{named['id']}.primary"
        return self._part(f"{place}.use", self._named_use, named["primary"], place, named["id"])

    def _named_use(self, node: Node, path: str, option_id: str) -> case.ApiUse:
        return case.ApiUse(self._part(path, self._supply, node, path), option_id)  # type: ignore[arg-type]  # an API

    def _hosted(self, node: Node, path: str) -> case.HostedSupply:
        accelerator, place = node["accelerator"], f"{path}.accelerator"
        return case.HostedSupply(
            tier=node["tier"],
            relative_coverage=self.number(node, "relative_coverage", path),
            replica=self._part(f"{path}.replica", self._replica, node, path),
            target_utilisation=self.number(node, "target_utilisation", path),
            efficiency_gain=self.number(node, "efficiency_gain", path),
            migration_cost=self.number(node, "migration_cost", path),
            min_replicas=self.number(node, "min_replicas", path),
            spare_replicas=self.number(node, "spare_replicas", path),
            tenure=self._rented(node, path) if node["tenure"] == "rent" else self._owned(node, path),
            rent_path=self._optional_path(node, "rent_path", path),
            purchase_path=self._optional_path(node, "purchase_path", path),
            market_rent_per_hour=self.optional(accelerator, "rent_per_hour", place),
        )

    def _rented(self, node: Node, path: str) -> case.Rented:
        accelerator, place = node["accelerator"], f"{path}.accelerator"
        return case.Rented(
            rent_per_hour=self.number(accelerator, "rent_per_hour", place),
            reserved_per_hour=self.number(accelerator, "reserved_per_hour", place),
            reserved_share=self.number(node, "reserved_share", path),
            reserved_term_months=self.whole(node, "reserved_term_months", path),
            autoscaled=bool(node["autoscaled"]),
        )

    def _owned(self, node: Node, path: str) -> case.Owned:
        return case.Owned(
            purchase_price=self.number(node["accelerator"], "purchase_price", f"{path}.accelerator"),
            server_uplift=self.number(node, "server_uplift", path),
            server_watts=self.number(node, "server_watts", path),
            pue=self.number(node, "pue", path),
            power_tariff=self.number(node, "power_tariff", path),
            colo_per_kw_month=self.number(node, "colo_per_kw_month", path),
            maintenance=self.number(node, "maintenance", path),
            useful_life_months=self.whole(node, "useful_life_months", path),
            resale_share=self.number(node, "resale_share", path),
            lead_months=self.whole(node, "lead_months", path),
        )
