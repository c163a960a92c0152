from django.apps import AppConfig


class InnerWorldConfig(AppConfig):
    name = "usward.practices.innerworld"
    label = "innerworld"
