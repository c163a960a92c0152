from django.apps import AppConfig


class FrontConfig(AppConfig):
    name = "usward.front"
    label = "front"
