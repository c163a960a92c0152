from django.apps import AppConfig


class WishesConfig(AppConfig):
    name = "usward.practices.wishes"
    label = "wishes"
