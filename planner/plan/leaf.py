"""What is known about one field of the plan, declared once where the field stands.

A leaf is written `Annotated[Quantity, quantity("Discount rate", "share/year", -0.5, 1, about="…", source="…")] = 0.1`.
Validation, form, API documentation, workbook and the field reference all read this one declaration.

Numbers are validated inside pydantic's compiled core; only text and objects (ranges) reach Python.
"""

import math
from dataclasses import dataclass
from typing import Any, Final, Literal

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from planner.plan.quantity import KINDS, Quantity, QuantityProblem, read_quantity, spelled

LeafKind = Literal["quantity", "number", "integer", "choice", "flag", "text", "month", "date", "reference", "list"]

# Lower bound of what must be more than 0: smaller than any half-life or price level anybody could mean.
POSITIVE: Final = 1e-9
# The default that adds nothing (0, 1, none): it needs no source.
NEUTRAL: Final = "Neutral: adds nothing unless you say so."
# An optional field without a default: its absence is an error only where something is computed from it.
WHERE_NEEDED: Final = "None: given where the plan computes with it."
# Labels of the branches of a union, so that error locations can be told from field names.
NUMBER_BRANCH: Final = "~number"
RANGE_BRANCH: Final = "~range"
# Stands in a JSON Schema for a reference to a definition that is added afterwards.
SHARED: Final = "x-shared"
NOTHING: Final[tuple[float, float]] = (-math.inf, math.inf)


@dataclass(frozen=True, slots=True)
class Declaration:
    """One field: its label, unit, hard bounds (refused outside), soft bounds (a warning), help and default's source.

    Bounds are inclusive, in the document's unit. `source` says where the default comes from; None if there is none.
    """

    kind: LeafKind
    label: str
    unit: str
    low: float
    high: float
    soft: tuple[float, float]
    help: str
    source: str | None
    whole: bool
    choices: tuple[str, ...] = ()

    @property
    def bounds(self) -> tuple[float, float]:
        """Hard bounds."""
        return self.low, self.high

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        if self.kind == "quantity":
            return self._optional(source, self._quantity_schema())
        if self.kind == "integer":
            return self._optional(source, self._integer_schema())
        if self.kind == "number":
            return self._optional(source, self._float_schema())
        return handler(source)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        described = self._json_type(schema, handler)
        described.update({"title": self.label, "description": self.help, "x-unit": self.unit})
        for name, value in (("x-soft-minimum", self.soft[0]), ("x-soft-maximum", self.soft[1])):
            if math.isfinite(value):
                described[name] = value
        if self.source:
            described["x-source"] = self.source
        return described

    def _json_type(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        if self.kind not in ("quantity", "integer", "number"):
            return dict(handler(schema))
        number: dict[str, Any] = {"type": "integer" if self.whole else "number"}
        number.update({"minimum": self.low} if math.isfinite(self.low) else {})
        number.update({"maximum": self.high} if math.isfinite(self.high) else {})
        forms = [number]
        if self.kind == "quantity":
            # `schema` turns this into references: pydantic only knows those it made itself.
            forms += [{SHARED: "Shorthand"}, {SHARED: "Distribution"}]
        if schema["type"] == "nullable":
            forms.append({"type": "null"})
        return {"anyOf": forms} if len(forms) > 1 else number

    def _float_schema(self) -> CoreSchema:
        return core_schema.float_schema(
            strict=True,
            allow_inf_nan=False,
            ge=self.low if math.isfinite(self.low) else None,
            le=self.high if math.isfinite(self.high) else None,
            multiple_of=1 if self.whole else None,
        )

    def _integer_schema(self) -> CoreSchema:
        # JSON knows one kind of number: 36.0 is the integer 36.
        return core_schema.no_info_after_validator_function(int, self._float_schema())

    def _quantity_schema(self) -> CoreSchema:
        ranges = core_schema.no_info_plain_validator_function(self._read_range)
        return core_schema.union_schema(
            [(self._float_schema(), NUMBER_BRANCH), (ranges, RANGE_BRANCH)],
            mode="left_to_right",
            serialization=core_schema.plain_serializer_function_ser_schema(spelled),
        )

    def _read_range(self, value: object) -> Quantity:
        try:
            return read_quantity(value, self.bounds, self.whole)
        except QuantityProblem as problem:
            raise PydanticCustomError(problem.code, "{reason}", {"reason": str(problem)}) from None

    @staticmethod
    def _optional(source: Any, schema: CoreSchema) -> CoreSchema:
        return core_schema.nullable_schema(schema) if type(None) in getattr(source, "__args__", ()) else schema


@dataclass(frozen=True, slots=True)
class Section:
    """A field that holds parts rather than a value: its heading and the sentence under it."""

    label: str
    help: str

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(schema), "title": self.label, "description": self.help}


def section(label: str, *, about: str) -> Section:
    """Heading and explanation of a field that holds parts."""
    return Section(label, about)


def quantity(
    label: str,
    unit: str,
    low: float = -math.inf,
    high: float = math.inf,
    *,
    about: str,
    soft: tuple[float, float] = NOTHING,
    source: str | None = None,
    whole: bool = False,
) -> Declaration:
    """A number a person may be unsure of; `whole` if it counts things (then a draw is rounded half up)."""
    return Declaration("quantity", label, unit, low, high, soft, about, source, whole)


def number(
    label: str,
    unit: str,
    low: float = -math.inf,
    high: float = math.inf,
    *,
    about: str,
    soft: tuple[float, float] = NOTHING,
    source: str | None = None,
) -> Declaration:
    """A number that is always certain: a contract term, an exchange rate, a rule of the tax code."""
    return Declaration("number", label, unit, low, high, soft, about, source, False)


def integer(
    label: str,
    unit: str,
    low: float,
    high: float,
    *,
    about: str,
    soft: tuple[float, float] = NOTHING,
    source: str | None = None,
) -> Declaration:
    """A whole number that shapes the computation and is therefore always certain."""
    return Declaration("integer", label, unit, low, high, soft, about, source, True)


def choice(label: str, *choices: str, about: str, source: str | None = None) -> Declaration:
    """One of a few words; `choices` repeats the Literal for readers of the walk."""
    return Declaration("choice", label, "choice", *NOTHING, NOTHING, about, source, False, choices)


def flag(label: str, *, about: str, source: str | None = None) -> Declaration:
    """Yes or no."""
    return Declaration("flag", label, "yes/no", *NOTHING, NOTHING, about, source, False)


def text(
    label: str, *, about: str, kind: LeafKind = "text", unit: str = "text", source: str | None = None
) -> Declaration:
    """Words: a name, a month, a reference into the catalogue, a list that is edited as one."""
    return Declaration(kind, label, unit, *NOTHING, NOTHING, about, source, False)


DISTRIBUTION_KINDS: Final = tuple(KINDS)
