from django.urls import path

from usward.behind import leaving, media, safety, views

urlpatterns = [
    path("settings/", views.settings, name="settings"),
    path("settings/you/", views.you, name="settings-you"),
    path("settings/day/", views.day, name="settings-day"),
    path("settings/look/", views.look, name="settings-look"),
    path("settings/pause/", views.pause, name="settings-pause"),
    path("settings/quiet/", views.quiet, name="settings-quiet"),
    path("settings/export/", leaving.export, name="settings-export"),
    path("settings/check/", leaving.check, name="settings-check"),
    path("settings/leave/", leaving.leave, name="settings-leave"),
    path("settings/delete/", leaving.delete, name="settings-delete"),
    path("safety/", safety.safety, name="safety"),
    path("exit/", safety.leave_quickly, name="exit"),
    path("exit/done/", safety.done, name="exit-done"),
    path("media/<uuid:photo_id>", media.media, name="media"),
]
