from django.urls import path

from usward.demo import views

urlpatterns = [path("demo/", views.demo, name="demo"), path("demo/wipe/", views.wipe_demo, name="demo-wipe")]
