from django.apps import AppConfig


class KeepsafeConfig(AppConfig):
    name = "usward.keepsafe"
    label = "keepsafe"
