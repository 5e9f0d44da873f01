"""Finding the model one pays for: a search in the catalogue, for the third question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.middleware import organisation_of
from accounts.models import Organisation
from planner.renderers.formats import format_date, format_price
from pricing.catalogue import ApiPricesRecord, PriceSource
from pricing.queries import price_source, prices_in_force

SHOWN: Final = 12
SUGGESTED: Final = (
    "openai/gpt-6.1-terra",
    "openai/gpt-5.4-mini",
    "anthropic/claude-opus-5-5",
    "anthropic/claude-sonnet-5-5",
    "anthropic/claude-haiku-5-5",
    "google/gemini-3.8-flash",
    "google/gemini-3.1-pro-preview",
    "together/openai/gpt-oss-120b",
    "deepseek/deepseek-chat",
)


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """One model as the list shows it."""

    id: str
    name: str
    provider: str
    prices: str
    is_contract: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The models shown, how many there are, and the id of the chosen one."""

    models: tuple[ModelChoice, ...]
    found: int
    chosen: str


@require_safe
def model_search(request: HttpRequest) -> HttpResponse:
    """The list of models for what was typed so far, as a fragment."""
    search, chosen = request.GET.get("search", "")[:100], request.GET.get("model", "")[:200]
    found = models_found(search, chosen, organisation_of(request))
    context = {"models": found.models, "found": found.found, "search": search.strip(), "chosen": found.chosen}
    return render(request, "planner/models.html", context)


def models_found(search: str, chosen: str, organisation: Organisation | None = None) -> Found:
    """Models whose id or name holds every word of ``search``; the chosen one always comes first.

    Where ``organisation`` has a contract, its price stands in place of the list price.
    """
    today = timezone.localdate()
    own = price_source(as_of=today, organisation=organisation)
    known = {record.id: record for record in prices_in_force(today)}
    if (asked := own.api_prices(chosen) if chosen else None) is not None:
        chosen = asked.value.id
        known.setdefault(chosen, asked.value)
    wanted = search.lower().split()
    if wanted:
        hits = [record for record in known.values() if all(word in _searched(record) for word in wanted)]
        hits.sort(key=lambda record: _rank(record, wanted))
    else:
        hits = [known[model] for model in SUGGESTED if model in known]
    first = [known[chosen]] if chosen in known else []
    shown = [*first, *(record for record in hits if record.id != chosen)][:SHOWN]
    return Found(tuple(_choice(_contracted(record, own)) for record in shown), len(hits), chosen)


def _contracted(record: ApiPricesRecord, own: PriceSource) -> ApiPricesRecord:
    found = own.api_prices(record.id)
    return record if found is None else found.value


def _searched(record: ApiPricesRecord) -> str:
    return f"{record.id} {record.name} {record.provider}".lower()


def _rank(record: ApiPricesRecord, wanted: list[str]) -> tuple[bool, bool, int, list[tuple[int, str]]]:
    """Models in sale first, names that begin as typed, makers before resellers (shorter ids), new versions first."""
    begins = record.name.lower().startswith(wanted[0])
    pieces = re.findall(r"[0-9]+|[^0-9]+", record.name.lower())
    newest_first = [(-int(piece), "") if piece.isdecimal() else (0, piece) for piece in pieces]
    return record.deprecated, not begins, record.id.count("/"), newest_first


def _choice(record: ApiPricesRecord) -> ModelChoice:
    prices = f"${format_price(float(record.input_price)).text} in, ${format_price(float(record.output_price)).text} out"
    dated = f"{prices} · {format_date(record.source.as_of)}"
    return ModelChoice(record.id, record.name, record.provider, dated, record.source.origin == "price_book")
