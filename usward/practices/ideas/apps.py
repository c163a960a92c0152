from django.apps import AppConfig


class IdeasConfig(AppConfig):
    name = "usward.practices.ideas"
    label = "ideas"
