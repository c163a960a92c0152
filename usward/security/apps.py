from django.apps import AppConfig


class SecurityConfig(AppConfig):
    name = "usward.security"
    label = "security"
