from django.apps import AppConfig


class TalkbackConfig(AppConfig):
    name = "usward.talkback"
    label = "talkback"
