from django.apps import AppConfig


class EveningConfig(AppConfig):
    name = "usward.practices.evening"
    label = "evening"
