from django.urls import path

from usward.practices.thanks import views

urlpatterns = [
    path("thanks/", views.thanks, name="thanks"),
    path("thanks/kind-words/", views.kind_words, name="kind-words"),
    path("thanks/<str:entry_id>/", views.one, name="thanks-one"),
]
