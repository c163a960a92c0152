from django.urls import path

from usward.practices.questions import views

urlpatterns = [
    path("questions/", views.archive, name="questions"),
    path("questions/skip/", views.skip, name="question-skip"),
    path("questions/open/", views.open_early, name="question-open"),
    path("questions/another/", views.another, name="question-another"),
    path("questions/own/", views.own, name="question-own"),
    path("questions/limits/", views.limits, name="question-limits"),
    path("questions/<str:exchange>/", views.question, name="question"),
]
