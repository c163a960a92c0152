from django.apps import AppConfig


class SimpleConfig(AppConfig):
    name = "usward.practices.simple"
    label = "simple"
