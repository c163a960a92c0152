from django.urls import path

from usward.practices.innerworld import views

urlpatterns = [
    path("talk/inner-world/", views.world, name="inner-world"),
    path("talk/inner-world/new/", views.new, name="inner-world-new"),
    path("talk/inner-world/known/<str:whose>/<str:topic>/", views.room, name="inner-world-room"),
    path("talk/inner-world/<str:round_id>/", views.one, name="inner-world-round"),
]
