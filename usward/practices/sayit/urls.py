from django.urls import path

from usward.practices.sayit import views

urlpatterns = [
    path("talk/say-it/", views.everything, name="sayit"),
    path("talk/say-it/new/", views.new, name="sayit-new"),
    path("talk/say-it/look/", views.look, name="sayit-look"),
    path("talk/say-it/waits/<str:waits_id>/", views.waits, name="sayit-waits"),
    path("talk/say-it/<str:entry_id>/", views.one, name="sayit-one"),
    path("talk/say-it/<str:entry_id>/back/", views.back, name="withdraw-sayit"),
]
