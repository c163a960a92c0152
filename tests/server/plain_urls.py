from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path


def plain(request: HttpRequest) -> HttpResponse:
    """A page that asks the database something."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_content_type")
        return HttpResponse(f"{cursor.fetchone()[0]} kinds; host {request.get_host()}; {request.get_full_path()}")


urlpatterns = [path("", plain)]
