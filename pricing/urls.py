"""The price pages."""

from django.urls import URLPattern, URLResolver, path

from pricing.views import corrections, facts, imports, outlook, price_book, prices

urlpatterns: list[URLPattern | URLResolver] = [
    path("prices", prices.price_list, name="price-list"),
    path("prices/compare", prices.price_compare, name="price-compare"),
    path("prices/accelerators", facts.hardware, name="price-hardware"),
    path("prices/costs", facts.costs, name="price-costs"),
    path("prices/history", facts.history, name="price-history"),
    path("prices/two-tiers", facts.two_tiers, name="price-two-tiers"),
    path("prices/outlook", outlook.outlook, name="price-outlook"),
    path("prices/book", price_book.price_book, name="price-book"),
    path("prices/book/<uuid:entry_id>/end", price_book.price_book_end_today, name="price-book-end"),
    path("prices/imports", imports.import_list, name="price-imports"),
    path("prices/imports/<uuid:import_id>", imports.import_detail, name="price-import"),
    path("prices/verify/<path:model_id>", prices.price_verified, name="price-verified"),
    path("prices/correct/<path:model_id>", corrections.price_correction, name="price-correction"),
    path("prices/models/<path:model_id>", prices.price_detail, name="price-detail"),
]
