from django.apps import AppConfig


class PhonesDownConfig(AppConfig):
    name = "usward.practices.phonesdown"
    label = "phonesdown"
