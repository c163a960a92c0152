from django.urls import path

from usward.practices.evening import views

urlpatterns = [
    path("talk/evening/", views.evenings, name="evenings"),
    path("talk/evening/<str:evening_id>/", views.evening, name="evening"),
]
