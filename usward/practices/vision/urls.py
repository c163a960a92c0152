from django.urls import path

from usward.practices.vision import views

urlpatterns = [
    path("us/vision/", views.vision, name="vision"),
    path("us/vision/<str:named>/", views.year_of, name="vision-year"),
]
