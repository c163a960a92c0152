from django.urls import path

from usward.practices.plan import finding, views

urlpatterns = [
    path("plan/", views.plan, name="plan"),
    path("plan/hours/", finding.hours, name="plan-hours"),
    path("plan/new/", views.new, name="plan-new"),
    path("plan/<uuid:plan_id>/", views.one, name="plan-one"),
    path("plan/<uuid:plan_id>/change/", views.change, name="plan-change"),
]
