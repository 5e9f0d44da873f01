"""Options: supply, projects, people and other costs."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from planner.assembly.bind_supply import SupplyBinder
from planner.assembly.leaves import Node
from planner.engine import case
from planner.engine.arrays import FloatArray
from planner.plan.errors import PlanError, PlanInvalid


class OptionBinder(SupplyBinder):
    """Binds one option with everything in it."""

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
