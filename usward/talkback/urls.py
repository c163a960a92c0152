from django.urls import path

from usward.talkback import views

urlpatterns = [
    path("reply/", views.reply, name="reply"),
    path("reply/<str:exchange>/", views.replied, name="replied"),
    path("tonight/", views.tonight, name="tonight"),
    path("tonight/<str:entry_id>/", views.tonight_card, name="tonight-card"),
    path("kept/", views.keep, name="keep"),
    path("withdraw/", views.withdraw, name="withdraw"),
    path("draft/", views.draft, name="draft"),
    path("soften/", views.soften, name="soften"),
]
