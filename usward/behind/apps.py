from django.apps import AppConfig


class BehindConfig(AppConfig):
    name = "usward.behind"
    label = "behind"
