from django.urls import path

from usward.practices.workthrough import views

urlpatterns = [
    path("talk/work-it-through/", views.home, name="workthrough"),
    path("talk/work-it-through/<str:talk_id>/", views.talk, name="workthrough-talk"),
]
