from django.apps import AppConfig


class SpacesConfig(AppConfig):
    name = "usward.spaces"
    label = "spaces"
