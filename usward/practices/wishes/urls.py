from django.urls import path

from usward.practices.wishes import views

urlpatterns = [path("us/wishes/", views.wishes, name="wishes")]
