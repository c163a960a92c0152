from django.apps import AppConfig


class WorkthroughConfig(AppConfig):
    name = "usward.practices.workthrough"
    label = "workthrough"
