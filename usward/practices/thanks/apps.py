from django.apps import AppConfig


class ThanksConfig(AppConfig):
    name = "usward.practices.thanks"
    label = "thanks"
