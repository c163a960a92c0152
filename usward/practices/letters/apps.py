from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "usward.practices.letters"
    label = "letters"
