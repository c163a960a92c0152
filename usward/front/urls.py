from django.urls import path

from usward.front import views

urlpatterns = [
    path("begin/", views.begin, name="begin"),
    path("passphrase/", views.passphrase, name="passphrase"),
    path("invite/", views.invite, name="invite"),
    path("offered/", views.offered, name="offered"),
    path("confirm/", views.confirm, name="confirm"),
    path("i/", views.open_invitation, name="invitation"),
    path("i/answer/", views.answer_invitation, name="invitation-answer"),
    path("i/join/", views.join, name="invitation-join"),
]
