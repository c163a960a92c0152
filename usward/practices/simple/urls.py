from django.urls import path

from usward.practices.simple import views

urlpatterns = [
    path("practice/<slug:name>/", views.practice, name="practice"),
    path("practice/<slug:name>/<slug:turn>/", views.one_round, name="practice-round"),
]
