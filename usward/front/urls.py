from django.urls import path

from usward.front import invited, views

urlpatterns = [
    path("begin/", views.begin, name="begin"),
    path("passphrase/", views.passphrase, name="passphrase"),
    path("invite/", views.invite, name="invite"),
    path("offered/", views.offered, name="offered"),
    path("confirm/", views.confirm, name="confirm"),
    path("i/", invited.open_invitation, name="invitation"),
    path("i/answer/", invited.answer_invitation, name="invitation-answer"),
    path("i/join/", invited.join, name="invitation-join"),
]
