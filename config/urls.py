"""Every address of Usward."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from usward.kit.styleguide import styleguide
from usward.practices import NAMES as PRACTICES

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("usward.home.urls")),
    path("", include("usward.demo.urls")),
    path("", include("usward.front.urls")),
    path("", include("usward.behind.urls")),
    path("", include("usward.security.urls")),
    path("", include("usward.talkback.urls")),
    path("", include("usward.freebusy.urls")),
    *(path("", include(f"usward.practices.{name}.urls")) for name in PRACTICES),
]

handler400 = "usward.kit.refusals.bad_request"
handler500 = "usward.kit.refusals.broken"

if settings.DEBUG:
    urlpatterns.append(path("styleguide/", styleguide))
