from django.apps import AppConfig


class KindEyeConfig(AppConfig):
    name = "usward.practices.kindeye"
    label = "kindeye"
