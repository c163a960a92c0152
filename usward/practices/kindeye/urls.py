from django.urls import path

from usward.practices.kindeye import views

urlpatterns = [
    path("us/kind-eye/", views.home, name="kind-eye"),
    path("us/kind-eye/new/", views.new, name="kind-eye-new"),
    path("us/kind-eye/<str:entry_id>/", views.one, name="kind-eye-one"),
    path("us/kind-eye/<str:entry_id>/let-go/", views.let_go, name="withdraw-kind-eye"),
]
