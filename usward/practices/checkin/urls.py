from django.urls import path

from usward.practices.checkin import views

urlpatterns = [path("checkin/", views.checkin, name="checkin")]
