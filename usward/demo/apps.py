from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "usward.demo"
    label = "demo"
