"""A page behind a sign-in, a POST of one row, and a naive list of twenty."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from benchmarks.floor.models import Note


@login_required
def page(request: HttpRequest) -> HttpResponse:
    """About 300 bytes of template."""
    return render(request, "page.html")


@login_required
@require_POST
def put(request: HttpRequest) -> HttpResponse:
    """One row, and back to the page."""
    Note.objects.create(text=request.POST["text"])
    return redirect("/")


@login_required
def entries(request: HttpRequest) -> HttpResponse:
    """Twenty entries, as anybody would list them first."""
    return render(request, "entries.html", {"notes": Note.objects.order_by("-id")[:20]})


urlpatterns = [path("", page), path("put/", put), path("entries/", entries)]
