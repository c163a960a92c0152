"""Limits on what guesses: django-allauth's counters, by the rates in config/settings.py."""

from allauth.core.internal import ratelimit  # the public one lets every GET pass, and a link is guessed with GETs
from django.http import HttpRequest


def allowed(request: HttpRequest, action: str) -> bool:
    """Count one try, of whatever method. False once there were too many of them."""
    return bool(ratelimit.consume(request, app="allauth.account", action=action, limit_get=True))
