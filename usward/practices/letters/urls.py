from django.urls import path

from usward.practices.letters import days, views

urlpatterns = [
    path("keep/letters/", views.letters, name="letters"),
    path("keep/letters/write/", views.write, name="letter-write"),
    path("keep/letters/day/", days.name_a_day, name="letters-name-a-day"),
    path("keep/letters/day/<str:day_id>/", days.one_day, name="letters-day"),
    path("keep/letters/day/<str:day_id>/write/", days.write, name="letters-day-write"),
    path("keep/letters/day/<str:day_id>/open/", days.open_both, name="letters-day-open"),
    path("keep/letters/day/<str:day_id>/back/", days.back, name="withdraw-letters-day"),
    path("keep/letters/<str:letter_id>/", views.letter, name="letter"),
    path("keep/letters/<str:letter_id>/change/", views.change, name="letter-change"),
    path("keep/letters/<str:letter_id>/open/", views.open_letter, name="letter-open"),
    path("keep/letters/<str:letter_id>/back/", views.back, name="withdraw-letter"),
]
