from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "usward.practices.plan"
    label = "plan"
