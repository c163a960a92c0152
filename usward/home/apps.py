from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "usward.home"
    label = "home"
