from django.apps import AppConfig


class FreeBusyConfig(AppConfig):
    name = "usward.freebusy"
    label = "freebusy"
    default_auto_field = "django.db.models.BigAutoField"
