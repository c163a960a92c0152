from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "usward.accounts"
    label = "accounts"
