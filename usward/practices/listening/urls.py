from django.urls import path

from usward.practices.listening import views

urlpatterns = [
    path("talk/listening/", views.talks, name="listenings"),
    path("talk/listening/<str:talk_id>/", views.talk, name="listening"),
    path("talk/listening/<str:talk_id>/heard/", views.heard, name="listening-heard"),
]
