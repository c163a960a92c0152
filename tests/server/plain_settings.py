"""The real settings, with one plain page instead of the product: for tests of the server itself."""

from config.settings import *  # noqa: F403  (settings are extended this way)
from config.settings import INSTALLED_APPS

MIDDLEWARE = ["django.middleware.common.CommonMiddleware", "allauth.account.middleware.AccountMiddleware"]
ROOT_URLCONF = "tests.server.plain_urls"
STATICFILES_DIRS = []
MIGRATED = {"django.contrib.contenttypes", "django.contrib.auth"}
MIGRATION_MODULES = {name.rpartition(".")[2]: None for name in INSTALLED_APPS if name not in MIGRATED}
