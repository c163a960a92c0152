from django.apps import AppConfig


class VisionConfig(AppConfig):
    name = "usward.practices.vision"
    label = "vision"
