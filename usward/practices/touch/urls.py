from django.urls import path

from usward.practices.touch import views

urlpatterns = [
    path("us/touch/", views.touch, name="touch"),
    path("us/touch/comfort/", views.comfort, name="touch-comfort"),
    path("us/touch/aside/", views.aside, name="touch-aside"),
]
