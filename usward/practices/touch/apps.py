from django.apps import AppConfig


class TouchConfig(AppConfig):
    name = "usward.practices.touch"
    label = "touch"
