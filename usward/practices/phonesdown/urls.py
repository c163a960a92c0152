from django.urls import path

from usward.practices.phonesdown import views

urlpatterns = [
    path("plan/phones-down/", views.begin, name="phones-down"),
    path("plan/phones-down/<uuid:down_id>/", views.down, name="phones-down-one"),
]
