from django.apps import AppConfig


class CheckinConfig(AppConfig):
    name = "usward.practices.checkin"
    label = "checkin"
