"""A pytest plugin (`-p tests.faults.mutate`) that takes one guard out of the program before anything imports it.

`DANEGELD_MUTATION` names it. The source is changed on its way into the interpreter; no file is touched.
"""

import importlib.machinery
import os
import sys
from collections.abc import Sequence
from types import CodeType, ModuleType
from typing import NamedTuple


class Cut(NamedTuple):
    """In this module, this text becomes that."""

    module: str
    text: str
    instead: str


MUTATIONS: dict[str, tuple[Cut, ...]] = {
    "fencing token": (Cut("planner.operations.job_table", "filter(id=job_id, token=token, ", "filter(id=job_id, "),),
    "organisation filter": (
        Cut("planner.queries.plans", "filter(organisation_id=membership.organisation_id)", "all()"),
        Cut("planner.models.plan", 'ScopedManager(organisation="organisation")', "models.Manager()"),
    ),
    "If-Match": (
        Cut("planner.operations.plan_edit", ", latest_revision_number=based_on).update(", ").update("),
    ),
    "formula escape": (Cut("planner.renderers.csv_text", "if words.startswith(FORMULA_STARTS)", "if not words"),),
    "row-level security": (Cut("accounts.row_security", "IN ('every', organisation_id::text)", "IS NOT NULL"),),
    "what links hide": (Cut("planner.report.redaction", 'frozenset({"team", "development", "other"})', "frozenset()"),),
}  # fmt: skip
TESTS = {
    "fencing token": "tests/operations/test_execution.py tests/operations/test_lease.py",
    "organisation filter": "tests/rights",
    "If-Match": "tests/operations/test_revisions.py tests/api/test_plans.py",
    "formula escape": "tests/api/test_hostile_text.py",
    "row-level security": "tests/accounts/test_row_security.py",
    "what links hide": "tests/sharing",
}
"""The tests of which at least one must fail."""


class _Loader(importlib.machinery.SourceFileLoader):
    cuts: Sequence[Cut] = ()

    def get_code(self, fullname: str) -> CodeType | None:
        path = self.get_filename(fullname)
        source = self.get_data(path).decode()
        for cut in self.cuts:
            assert cut.text in source, f"{cut.module} no longer has {cut.text!r}"
            source = source.replace(cut.text, cut.instead)
        return self.source_to_code(source.encode(), path)


class _Finder(importlib.machinery.PathFinder):
    cuts: Sequence[Cut] = ()

    @classmethod
    def find_spec(
        cls, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        mine = [cut for cut in cls.cuts if cut.module == fullname]
        spec = super().find_spec(fullname, path, target) if mine else None
        if spec is None or spec.origin is None:
            return None
        loader = _Loader(fullname, spec.origin)
        loader.cuts = mine
        spec.loader = loader
        return spec


if name := os.environ.get("DANEGELD_MUTATION"):
    _Finder.cuts = MUTATIONS[name]
    sys.meta_path.insert(0, _Finder)
