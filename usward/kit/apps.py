from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "usward.kit"
    label = "kit"
