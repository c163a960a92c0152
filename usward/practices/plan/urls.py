from django.urls import path

from usward.practices.plan import feed_views, finding, views

urlpatterns = [
    path("plan/", views.plan, name="plan"),
    path("plan/hours/", finding.hours, name="plan-hours"),
    path("plan/new/", views.new, name="plan-new"),
    path("plan/feed/", feed_views.feed, name="plan-feed"),
    path("plan/<uuid:plan_id>/", views.one, name="plan-one"),
    path("plan/<uuid:plan_id>/change/", views.change, name="plan-change"),
    path("plan/<uuid:plan_id>/invitation.ics", feed_views.invitation, name="plan-invitation"),
    path("feed/<str:secret>.ics", feed_views.served, name="feed"),
]
