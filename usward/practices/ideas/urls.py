from django.urls import path

from usward.practices.ideas import views

urlpatterns = [
    path("ideas/", views.ideas, name="ideas"),
    path("ideas/answer/", views.answer, name="idea-answer"),
    path("ideas/<uuid:match_id>/", views.match, name="idea-match"),
]
