"""Which room answers which address."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from config.health import healthz, readyz
from config.metrics import metrics

# The admin's own sign-in knows no rate limits and no second factor: people enter by the same door as everywhere.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # allauth's documented way

handler500 = "config.errors.handler500"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("admin/", admin.site.urls),
    path("api/v1/", include("pricing.api.urls")),
    path("api/v1/", include("planner.api.urls")),
    path("", include("accounts.urls")),
    path("", include("pricing.urls")),
    path("", include("planner.urls")),
]
