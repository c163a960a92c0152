from django.apps import AppConfig


class DreamsConfig(AppConfig):
    name = "usward.practices.dreams"
    label = "dreams"
