from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "usward.practices.questions"
    label = "questions"
