"""The real settings, with one plain page instead of the product: for tests of the server itself."""

from config.settings import *  # noqa: F403  (settings are extended this way)

MIDDLEWARE = ["django.middleware.common.CommonMiddleware", "allauth.account.middleware.AccountMiddleware"]
ROOT_URLCONF = "tests.server.plain_urls"
