"""Addresses under /api/v1."""

from django.urls import path

from pricing.api.facts import FactsApi
from pricing.api.hardware import AcceleratorsApi, ArchitecturesApi, MarketScenariosApi
from pricing.api.prices import PriceHistoryApi, PricesApi

urlpatterns = [
    path("prices", PricesApi.as_view(), name="api-price-list"),
    path("prices/history", PriceHistoryApi.as_view(), name="api-price-history"),
    path("accelerators", AcceleratorsApi.as_view(), name="api-accelerator-list"),
    path("architectures", ArchitecturesApi.as_view(), name="api-architecture-list"),
    path("market-scenarios", MarketScenariosApi.as_view(), name="api-market-scenario-list"),
    path("facts", FactsApi.as_view(), name="api-fact-list"),
]
