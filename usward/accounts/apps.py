from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "usward.accounts"
    label = "accounts"

    def ready(self) -> None:
        from usward.accounts import second  # noqa: PLC0415  # needs the models, which exist only now

        second.connect()
