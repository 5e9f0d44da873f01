"""A resolved document becomes an engine case: leaf by leaf, by name.

The document is complete (every default filled in, every reference a record) and certain (every quantity at its central
value). What is uncertain comes beside it, as draws by document path; everything else is a value of one draw.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import numpy as np

from planner.assembly.leaves import Alias, Node, namers, with_parents
from planner.assembly.precision import SERVER_WATTS_PER_ACCELERATOR_WATT, precision_defaults
from planner.engine import case
from planner.engine.arrays import FloatArray
from planner.plan.errors import PlanError, PlanInvalid
from planner.plan.supply import HostedSupply

PartT = TypeVar("PartT")


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

UNKNOWN_MODEL: Node = dict.fromkeys(
    ("total_params", "active_params", "layers", "query_heads", "kv_heads", "head_dim"), 1.0
)
"""Stands in where speeds are measured, so that nothing about the model is needed."""


def _months(node: Node) -> int:
    """A schedule given in years, rounded half up to months; five years where the kind has no years of its own."""
    return math.floor(12 * float(node.get("years") or 5) + 0.5)


class Binder:
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

    def build(self, draws: Mapping[str, FloatArray], noise: Mapping[str, FloatArray]) -> case.Case:
        """The whole case."""
        self._draws, self._noise = draws, noise
        self._drawn_paths = self._above(frozenset([*draws, *noise]))
        document = self.document
        options = document["options"]
        return case.Case(
            finance=self._part("finance", self._finance, document["finance"]),
            market=self._part("market", self._market, document["market"]),
            workloads=tuple(
                self._part(f"workloads.{each['id']}", self._workload, each, f"workloads.{each['id']}")
                for each in document["workloads"]
            ),
            options=tuple(self._part(f"options.{each['id']}", self._option, each) for each in options),
            baseline=next(at for at, each in enumerate(options) if each["id"] == document["baseline"]),
        )

    def _above(self, paths: frozenset[str]) -> frozenset[str]:
        """Every part that something drawn goes into; the same for all blocks of a run."""
        if self._above_paths is None or self._above_paths[0] != paths:
            drawn = with_parents(paths, self._aliases)
            named = (namer for supply, namers in self._namers.items() if supply in drawn for namer in namers)
            self._above_paths = (paths, drawn | frozenset(named))
        return self._above_paths[1]

    def _part(self, path: str, build: Callable[..., PartT], *arguments: Any) -> PartT:
        """A part of the case: the one built before, unless something in it is drawn."""
        if path in self._drawn_paths:
            return build(*arguments)
        kept = self._certain.get(path)
        if kept is None:
            kept = self._certain[path] = build(*arguments)
        part: PartT = kept
        return part

    # --- leaves ------------------------------------------------------------------------------------------------------

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

    # --- finance and market ------------------------------------------------------------------------------------------

    def _finance(self, node: Node) -> case.Finance:
        path = "finance"
        hardware, development = node["hardware_depreciation"], node["development_tax"]
        return case.Finance(
            horizon_months=int(node["horizon_months"]),
            first_calendar_month=int(str(node["start"])[5:7]),
            fiscal_year_start=int(node["fiscal_year_start"]),
            discount_rate=self.number(node, "discount_rate", path),
            inflation=self.number(node, "inflation", path),
            timing=node["timing"],
            tax_rate=self.number(node, "tax_rate", path),
            hardware_depreciation=case.Depreciation(hardware["kind"], _months(hardware)),
            development_tax=case.DevelopmentTax(development["kind"], _months(development)),
            development_residual=self.number(node, "development_residual", path),
            mirr_finance_rate=self.number(node, "mirr_finance_rate", path),
            mirr_reinvest_rate=self.number(node, "mirr_reinvest_rate", path),
            revenue_per_request=self.optional(node, "revenue_per_request", path),
        )

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
        node = {**FLOOR_DEFAULTS, **precision_defaults(node["precision"]), **node}
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

    # --- demand ------------------------------------------------------------------------------------------------------

    def _workload(self, node: Node, path: str) -> case.Workload:
        seasonality = node.get("seasonality")
        return case.Workload(
            id=node["id"],
            requests_per_month=self.number_or(node, "requests_per_month", path, 0.0),
            input_tokens=self.number(node, "input_tokens", path),
            output_tokens=self.number(node, "output_tokens", path),
            cached_input_share=self.number(node, "cached_input_share", path),
            cache_write_share=self.number(node, "cache_write_share", path),
            batch_share=self.number(node, "batch_share", path),
            growth=self._growth(node["growth"], f"{path}.growth"),
            tokens_growth=self.number(node, "tokens_growth", path),
            seasonality=None
            if not seasonality
            else tuple(self._at(f"{path}.seasonality.{at}", each) for at, each in enumerate(seasonality)),
            peak_to_average=self.number(node, "peak_to_average", path),
            failure_cost=self.number(node, "failure_cost", path),
            frontier_coverage=self.number(node, "frontier_coverage", path),
            frontier_limit=self.number(node, "frontier_limit", path),
            frontier_half_life=self.optional(node, "frontier_half_life", path),
            open_coverage=self.number(node, "open_coverage", path),
            coverage_half_life=self.optional(node, "coverage_half_life", path),
        )

    def _growth(self, node: Node, path: str) -> case.Growth:
        match node["kind"]:
            case "exponential":
                return case.ExponentialGrowth(self.number(node, "annual_rate", path))
            case "logistic":
                return case.LogisticGrowth(
                    self.number(node, "annual_rate", path), self.number(node, "saturation", path)
                )
            case _:
                return case.SeriesGrowth(
                    tuple(self._at(f"{path}.monthly.{at}", each) for at, each in enumerate(node["monthly"]))
                )

    # --- options -----------------------------------------------------------------------------------------------------

    def _option(self, node: Node) -> case.Option:
        path = f"options.{node['id']}"
        served = set(node["serves"])
        coverage = node.get("coverage") or {}
        ids = [workload["id"] for workload in self.document["workloads"]]
        return case.Option(
            id=node["id"],
            primary=self._part(f"{path}.primary", self._supply, node["primary"], f"{path}.primary"),
            fallback=self._use(node.get("fallback"), f"{path}.fallback"),
            interim=self._use(node.get("interim"), f"{path}.interim"),
            serves=tuple(workload in served for workload in ids),
            cascade=self.number(node, "cascade", path),
            missed_failures=self.number(node, "missed_failures", path),
            go_live_month=self.whole(node, "go_live_month", path),
            ramp_months=self.whole(node, "ramp_months", path),
            refresh_every=self.whole(node, "refresh_every", path),
            coverage=tuple(
                self._at(f"{path}.coverage.{workload}", coverage[workload]) if workload in coverage else None
                for workload in ids
            ),
            develop=tuple(
                self._part(f"{path}.develop.{at}", self._project, each, f"{path}.develop.{at}")
                for at, each in enumerate(node["develop"])
            ),
            team=tuple(
                self._part(f"{path}.team.{each['id']}", self._role, each, f"{path}.team.{each['id']}")
                for each in node["team"]
            ),
            one_off_costs=tuple(
                case.OneOffCost(
                    self.whole(each, "month", f"{path}.one_off_costs.{at}"),
                    self.number(each, "amount", f"{path}.one_off_costs.{at}"),
                    each["kind"],
                )
                for at, each in enumerate(node["one_off_costs"])
            ),
            recurring_costs=tuple(
                self._recurring(each, f"{path}.recurring_costs.{at}") for at, each in enumerate(node["recurring_costs"])
            ),
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

    def _project(self, node: Node, path: str) -> case.Development:
        match node["kind"]:
            case "fine_tune":
                return case.FineTune(
                    tokens=self.number(node, "tokens", path),
                    epochs=self.number(node, "epochs", path),
                    experiments=self.number(node, "experiments", path),
                    active_params=self._trained_params(node, path),
                    train_on=self._train_on(node, path),
                    mfu=self.number(node, "mfu", path),
                    method_factor=self.number(node, "method_factor", path),
                    labelled_examples=self.number(node, "labelled_examples", path),
                    price_per_example=self.number(node, "price_per_example", path),
                    evaluation_cost=self.number(node, "evaluation_cost", path),
                    price_per_training_mtok=self.number_or(node, "price_per_training_mtok", path, 0.0),
                    usage_multiplier=self.number(node, "usage_multiplier", path),
                    uplift=self.number(node, "uplift", path),
                )
            case "pretrain":
                train_on = self._train_on(node, path)
                if train_on is None:
                    raise PlanInvalid([PlanError("", path, "Pretraining needs a hosted primary.", "unknown_model")])
                return case.Pretrain(
                    tokens=self.number(node, "tokens", path),
                    experiments=self.number(node, "experiments", path),
                    failed_share=self.number(node, "failed_share", path),
                    active_params=self._trained_params(node, path),
                    train_on=train_on,
                    mfu=self.number(node, "mfu", path),
                    data_cost=self.number(node, "data_cost", path),
                    duration_months=self.whole(node, "duration_months", path),
                    uplift=self.number(node, "uplift", path),
                )
            case _:
                return case.Silicon(
                    nre=self.number(node, "nre", path),
                    respin_share=self.number(node, "respin_share", path),
                    duration_months=self.whole(node, "duration_months", path),
                    minimum_units=self.number(node, "minimum_units", path),
                    accelerator_margin=self.number_or(node, "accelerator_margin", path, 0.0),
                    uplift=np.zeros(1),
                )

    def _train_on(self, node: Node, path: str) -> case.TrainingAccelerator | None:
        accelerator = node.get("train_on")
        if accelerator is None:
            return None
        return case.TrainingAccelerator(
            self.number(accelerator, "bf16_tflops", f"{path}.train_on"),
            self.number(accelerator, "rent_per_hour", f"{path}.train_on"),
        )

    def _trained_params(self, node: Node, path: str) -> FloatArray:
        """Active parameters of the option's own model, one on an API (where training is paid by the token)."""
        supply_path = path.rsplit(".develop.", 1)[0] + ".primary"
        option = next(each for each in self.document["options"] if f"options.{each['id']}.primary" == supply_path)
        model = option["primary"].get("model")
        if not isinstance(model, Mapping):
            return np.ones(1)
        return self.number(model, "active_params", f"{supply_path}.model")

    def _role(self, node: Node, path: str) -> case.Role:
        return case.Role(
            headcount=self.number(node, "headcount", path),
            annual_pay=self.number(node, "annual_pay", path),
            burden=self.number(node, "burden", path),
            start_month=self.whole(node, "start_month", path),
            end_month=self.whole(node, "end_month", path),
            ramp_months=self.whole(node, "ramp_months", path),
            annual_raise=self.number(node, "annual_raise", path),
            recruiting_fee=self.number(node, "recruiting_fee", path),
            already_employed=bool(node["already_employed"]),
            attrition=self.number(node, "attrition", path),
            allocation=self.number(node, "allocation", path),
        )

    def _recurring(self, node: Node, path: str) -> case.RecurringCost:
        return case.RecurringCost(
            self.number(node, "amount_per_month", path),
            self.whole(node, "start_month", path),
            self.whole(node, "end_month", path),
        )
