from django.urls import path

from usward.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("talk/", views.talk, name="talk"),
    path("keep/", views.keep, name="keep-place"),
    path("us/", views.us, name="us"),
    path("health", views.health, name="health"),
]
