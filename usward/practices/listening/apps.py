from django.apps import AppConfig


class ListeningConfig(AppConfig):
    name = "usward.practices.listening"
    label = "listening"
