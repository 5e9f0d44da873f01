"""Prices and their paths, as the engine takes them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from planner.assembly.leaf_reader import LeafReader
from planner.assembly.leaves import Node
from planner.assembly.precision import SERVER_WATTS_PER_ACCELERATOR_WATT, precision_defaults
from planner.engine import case
from planner.engine.arrays import FloatArray
from planner.plan.supply import HostedSupply

FLOOR_FIELDS = (
    "bandwidth_efficiency",
    "software_factor",
    "server_uplift",
    "pue",
    "power_tariff",
    "colo_per_kw_month",
    "useful_life_months",
)
FLOOR_DEFAULTS: Node = {name: HostedSupply.model_fields[name].default for name in FLOOR_FIELDS}
"""A seller's hosting is described by the owned supply's defaults; the plan does not ask for them."""

IN_DOLLARS = ("power_tariff", "colo_per_kw_month")

UNKNOWN_MODEL: Node = dict.fromkeys(
    ("total_params", "active_params", "layers", "query_heads", "kv_heads", "head_dim"), 1.0
)
"""Stands in where speeds are measured, so that nothing about the model is needed."""


class MarketBinder(LeafReader):
    """Binds the market, price paths, token prices and what serving costs a seller."""

    def _market(self, node: Node) -> case.Market:
        names = ("frontier_api", "capability_api", "open_api", "gpu_rent", "gpu_purchase")
        return case.Market(
            **{name: self._part(f"market.{name}", self.path, node[name], f"market.{name}") for name in names}
        )

    def path(self, node: Node, path: str) -> case.PricePath:
        """A price path of any kind."""
        noise = self._noise.get(path)
        match node["kind"]:
            case "flat":
                return case.FlatPath(noise)
            case "decline" | "history":
                return case.DeclinePath(self.number(node, "annual_rate", path), noise)
            case "steps":
                steps = node["steps"]
                return case.StepsPath(
                    tuple(int(month) for month, _ in steps),
                    tuple(self._at(f"{path}.steps.{at}.1", factor) for at, (_, factor) in enumerate(steps)),
                    noise,
                )
            case "mean_reverting":
                return case.MeanRevertingPath(
                    self.number(node, "long_run", path), self.number(node, "half_life", path), noise
                )
            case _:
                return case.MarketPath(
                    floor=self._floor(node["floor"], f"{path}.floor"),
                    floor_decline=self.number(node, "floor_decline", path),
                    half_life=self.number(node, "half_life", path),
                    competition_month=self.number(node, "competition_month", path),
                    noise=noise,
                )

    def _optional_path(self, node: Node, name: str, path: str) -> case.PricePath | None:
        return None if node.get(name) is None else self.path(node[name], f"{path}.{name}")

    def _floor(self, node: Node | float, path: str) -> FloatArray | case.ServingFloor:
        if not isinstance(node, Mapping):
            return self._at(path, node)
        accelerator = node["accelerator"]
        node = {**self._floor_defaults(), **precision_defaults(node["precision"]), **node}
        explicit = node["kind"] == "explicit"
        required = self.number_or(node, "required_return", path, 0.0) if explicit else np.zeros(1)
        long_run = self.optional(node, "long_run_return", path) if explicit else None
        watts = self.number(accelerator, "watts", f"{path}.accelerator")
        return case.ServingFloor(
            price_of=self._prices(node["price_of"], f"{path}.price_of"),
            price_tiers=self._tiers(node["price_of"], f"{path}.price_of"),
            replica=self._replica(node, path),
            utilisation=self.number(node, "utilisation", path),
            purchase_price=self.number(accelerator, "purchase_price", f"{path}.accelerator"),
            server_uplift=self.number(node, "server_uplift", path),
            server_watts=watts * SERVER_WATTS_PER_ACCELERATOR_WATT,
            pue=self.number(node, "pue", path),
            power_tariff=self.number(node, "power_tariff", path),
            colo_per_kw_month=self.number(node, "colo_per_kw_month", path),
            useful_life_months=self.whole(node, "useful_life_months", path),
            required_return=required,
            long_run_return=required if long_run is None else long_run,
            return_half_life=self.optional(node, "return_half_life", path),
            capital=node["kind"] != "electricity",
            colo=node["kind"] != "electricity",
        )

    def _floor_defaults(self) -> Node:
        """The seller's hosting with its amounts of money in the plan's currency; `resolve` refused a missing rate."""
        fx = self.document["finance"]["fx"]
        rate = next((each["rate"] for each in fx if each["currency"] == "USD"), 1.0)
        return {**FLOOR_DEFAULTS, **{name: FLOOR_DEFAULTS[name] * rate for name in IN_DOLLARS}}

    def _prices(self, node: Node, path: str) -> case.TokenPrices:
        return case.TokenPrices(
            input_price=self.number(node, "input_price", path),
            cached_input_price=self.number(node, "cached_input_price", path),
            cache_write_price=self.number(node, "cache_write_price", path),
            output_price=self.number(node, "output_price", path),
        )

    def _tiers(self, node: Node, path: str) -> tuple[case.PriceTier, ...]:
        tiers = node.get("price_tiers") or ()
        return tuple(
            case.PriceTier(
                self.number(tier, "above_input_tokens", f"{path}.price_tiers.{at}"),
                self._prices(tier, f"{path}.price_tiers.{at}"),
            )
            for at, tier in enumerate(tiers)
        )

    def _replica(self, node: Node, path: str) -> case.Replica:
        accelerator, place = node["accelerator"], f"{path}.accelerator"
        return case.Replica(
            model=self._architecture(node.get("model") or UNKNOWN_MODEL, f"{path}.model"),
            token_factor=self.number_or(node, "token_factor", path, 1.0),
            gpus_per_replica=self.number(node, "gpus_per_replica", path),
            memory_gb=self.number_or(accelerator, "memory_gb", place, 1.0),
            bandwidth_tbs=self.number_or(accelerator, "bandwidth_tbs", place, 1.0),
            peak_tflops=self.number_or(accelerator, f"{node['precision']}_tflops", place, 1.0),
            weight_bytes=self.number(node, "weight_bytes", path),
            kv_bytes=self.number(node, "kv_bytes", path),
            bandwidth_efficiency=self.number(node, "bandwidth_efficiency", path),
            compute_efficiency=self.number(node, "compute_efficiency", path),
            software_factor=self.number(node, "software_factor", path),
            max_seconds_per_token=self.optional(node, "max_seconds_per_token", path),
            dedicated_prefill=bool(node.get("dedicated_prefill", False)),
            prefill_tokens_per_s=self.optional(node, "prefill_tokens_per_s", path),
            decode_tokens_per_s=self.optional(node, "decode_tokens_per_s", path),
        )

    def _architecture(self, node: Node, path: str) -> case.ModelArchitecture:
        heads = self.optional(node, "query_heads", path)
        return case.ModelArchitecture(
            total_params=self.number(node, "total_params", path),
            active_params=self.number(node, "active_params", path),
            layers=self.number(node, "layers", path),
            query_heads=np.zeros(1) if heads is None else heads,
            kv_heads=self.number(node, "kv_heads", path),
            head_dim=self.number(node, "head_dim", path),
        )
