from django.apps import AppConfig


class EntriesConfig(AppConfig):
    name = "usward.entries"
    label = "entries"
