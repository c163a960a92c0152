from django.urls import path

from usward.practices.dreams import views

urlpatterns = [
    path("us/dreams/", views.dreams, name="dreams"),
    path("us/dreams/new/", views.new, name="dream-new"),
    path("us/dreams/kept/", views.kept, name="dreams-kept"),
    path("us/dreams/mine/<uuid:card_id>/", views.mine, name="dream-mine"),
    path("us/dreams/mine/<uuid:card_id>/take-back/", views.take_back, name="withdraw-dream"),
    path("us/dreams/<uuid:dream_id>/", views.dream, name="dream"),
    path("us/dreams/<uuid:dream_id>/beside/", views.by_side, name="dream-beside"),
]
