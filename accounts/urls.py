from django.urls import URLPattern, URLResolver, include, path

from accounts.views import api_keys, data, invitation, organisation

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/delete", data.account, name="account-delete"),
    path("account/", include("allauth.urls")),
    path("organisation", organisation.organisation, name="organisation"),
    path("organisation/people", organisation.people, name="organisation-people"),
    path("organisation/people/invite", organisation.invite, name="organisation-invite"),
    path("organisation/people/<uuid:member_id>/role", organisation.change_role, name="organisation-role"),
    path("organisation/people/<uuid:member_id>/remove", organisation.remove, name="organisation-remove"),
    path("organisation/invitations/<uuid:invitation_id>/revoke", organisation.revoke, name="organisation-revoke"),
    path("organisation/keys", api_keys.api_keys, name="organisation-keys"),
    path("organisation/keys/<uuid:key_id>/revoke", api_keys.revoke, name="organisation-key-revoke"),
    path("organisation/keys/<uuid:key_id>/rotate", api_keys.rotate, name="organisation-key-rotate"),
    path("organisation/data", data.data, name="organisation-data"),
    path("organisation/data/export", data.export, name="organisation-export"),
    path("organisation/data/delete", data.delete, name="organisation-delete"),
    path("organisation/data/keep", data.keep, name="organisation-keep"),
    path("organisation/log", organisation.log, name="organisation-log"),
    path("organisation/switch/<uuid:organisation_id>", organisation.switch, name="organisation-switch"),
    path("invitation/<str:token>", invitation.invitation, name="invitation"),
]
