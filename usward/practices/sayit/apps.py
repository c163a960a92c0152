from django.apps import AppConfig


class SayItConfig(AppConfig):
    name = "usward.practices.sayit"
    label = "sayit"
