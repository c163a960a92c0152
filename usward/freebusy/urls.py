from django.urls import path

from usward.freebusy import views

urlpatterns = [path("plan/calendars/", views.calendars, name="plan-calendars")]
