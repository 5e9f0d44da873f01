"""What the answers look like, for the OpenAPI description."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers

if TYPE_CHECKING:
    Described = serializers.Serializer[Any]
else:
    # Only the type stubs take a parameter.
    Described = serializers.Serializer


class SourceSerializer(Described):
    # `label` and `source` are names of DRF's own; the fields are put in by name.
    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {
            "label": serializers.CharField(),
            "url": serializers.CharField(allow_null=True),
            "as_of": serializers.DateField(),
            "confidence": serializers.ChoiceField(["found", "verified", "unsourced"]),
            "origin": serializers.ChoiceField(["catalogue", "price_book"]),
            "note": serializers.CharField(allow_blank=True),
        }


def _sourced(fields: dict[str, Any]) -> dict[str, Any]:
    return {**fields, "source": SourceSerializer(source="*")}


def _money(*, null: bool = True) -> serializers.FloatField:
    return serializers.FloatField(allow_null=null, min_value=0)


class TokenPricesSerializer(Described):
    input_price = _money(null=False)
    cached_input_price = _money()
    cache_write_price = _money()
    output_price = _money(null=False)


class PriceTierSerializer(TokenPricesSerializer):
    above_input_tokens = serializers.IntegerField()


class TimeWindowSerializer(TokenPricesSerializer):
    start = serializers.CharField()
    end = serializers.CharField()


class PriceSerializer(TokenPricesSerializer):
    id = serializers.CharField()
    provider = serializers.CharField()
    model = serializers.CharField()
    name = serializers.CharField()
    tier = serializers.ChoiceField(["frontier", "open"])
    open_weights = serializers.BooleanField(allow_null=True)
    context_window = serializers.IntegerField(allow_null=True)
    currency = serializers.CharField()
    cache_write_1h_price = _money()
    batch_discount = serializers.FloatField(allow_null=True)
    batch_prices = TokenPricesSerializer(allow_null=True)
    price_tiers = PriceTierSerializer(many=True)
    time_windows = TimeWindowSerializer(many=True)
    effective_from = serializers.DateField(allow_null=True)
    effective_to = serializers.DateField(allow_null=True)
    deprecated = serializers.BooleanField()

    def get_fields(self) -> dict[str, Any]:
        return _sourced(super().get_fields())


class ObservationSerializer(Described):
    id = serializers.CharField()
    date = serializers.DateField(allow_null=True)
    date_kind = serializers.CharField()
    not_before = serializers.DateField(allow_null=True)
    input_price = _money(null=False)
    cached_input_price = _money()
    output_price = _money(null=False)

    def get_fields(self) -> dict[str, Any]:
        return _sourced(super().get_fields())


class PricesSerializer(Described):
    as_of = serializers.DateField()
    unit = serializers.CharField()
    count = serializers.IntegerField()
    next_offset = serializers.IntegerField(allow_null=True)
    suggestions = serializers.ListField(child=serializers.CharField())
    items = PriceSerializer(many=True)


class PriceHistorySerializer(Described):
    as_of = serializers.DateField()
    unit = serializers.CharField()
    id = serializers.CharField()
    items = PriceSerializer(many=True)
    observations = ObservationSerializer(many=True)


class AcceleratorSerializer(Described):
    id = serializers.CharField()
    name = serializers.CharField()
    vendor = serializers.CharField()
    release_date = serializers.DateField()
    memory_gb = serializers.FloatField()
    bandwidth_tbs = serializers.FloatField()
    bf16_tflops = serializers.FloatField()
    fp8_tflops = serializers.FloatField(allow_null=True)
    fp4_tflops = serializers.FloatField(allow_null=True)
    watts = serializers.FloatField(allow_null=True)
    purchase_price = _money()
    rent_per_hour = _money()
    reserved_per_hour = _money()
    unsourced_fields = serializers.ListField(child=serializers.CharField())

    def get_fields(self) -> dict[str, Any]:
        return _sourced(super().get_fields())


class RentSerializer(Described):
    accelerator = serializers.CharField()
    term = serializers.CharField()
    low = _money(null=False)
    high = _money(null=False)
    market = serializers.CharField()
    representative = serializers.BooleanField()
    effective_from = serializers.DateField()

    def get_fields(self) -> dict[str, Any]:
        return _sourced(super().get_fields())


class AcceleratorsSerializer(Described):
    as_of = serializers.DateField()
    items = AcceleratorSerializer(many=True)
    rents = RentSerializer(many=True)


class ArchitectureSerializer(Described):
    id = serializers.CharField()
    name = serializers.CharField()
    maker = serializers.CharField()
    total_params = serializers.FloatField()
    active_params = serializers.FloatField()
    layers = serializers.IntegerField()
    query_heads = serializers.IntegerField()
    kv_heads = serializers.IntegerField()
    head_dim = serializers.IntegerField()
    unsourced_fields = serializers.ListField(child=serializers.CharField())

    def get_fields(self) -> dict[str, Any]:
        return _sourced(super().get_fields())


class ArchitecturesSerializer(Described):
    as_of = serializers.DateField()
    items = ArchitectureSerializer(many=True)


class MarketScenarioSerializer(Described):
    id = serializers.CharField()
    name = serializers.CharField()
    sentence = serializers.CharField()
    market = serializers.DictField()


class MarketScenariosSerializer(Described):
    items = MarketScenarioSerializer(many=True)


class FactsSerializer(Described):
    as_of = serializers.DateField()
    table = serializers.CharField()
    items = serializers.ListField(child=serializers.DictField())


class ProblemSerializer(Described):
    """RFC 9457."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    request_id = serializers.CharField()


def answers(document: type[serializers.Serializer[Any]]) -> dict[Any, Any]:
    """The answers of an address: the document, the same as CSV, nothing new, or a problem."""
    return {
        (200, "application/json"): document,
        (200, "text/csv"): OpenApiTypes.STR,
        304: None,
        (400, "application/problem+json"): ProblemSerializer,
        (429, "application/problem+json"): ProblemSerializer,
    }
