"""Sign-in, sign-out, and the second factor: allauth's views, with our pages and behind our door."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import logout
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils.module_loading import import_string
from django.views.decorators.http import require_GET, require_POST

from usward.accounts.devices import session_hash
from usward.accounts.unlocking import recall
from usward.entries.door import Insider, door
from usward.kit.forms import SeeOther, back
from usward.security.backend import opens_at
from usward.security.ways import cut, drop_unlock_cookie


class SignInView(account.LoginView):
    """The sign-in page. What is wrong is said alike for known and unknown people, with status 422."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and recall(request) is None:
            logout(request)  # the session lives, but its key is gone from this browser: sign in anew
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, opens_at=opens_at(self.request)), status=422)


sign_in = SignInView.as_view()


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session, finished or pending, and cut its open pages."""
    ended = session_hash(request)
    request.session.flush()
    cut([ended])
    return drop_unlock_cookie(back(request))


def plainly(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view of allauth's that says with 422, as all our forms do, that what was sent was not taken (it leads on when it
    was)."""

    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponseBase:
        answer = view(request)
        if request.method == "POST" and answer.status_code == 200:
            answer.status_code = 422
        return answer

    return answered


def behind(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view of allauth's, behind the door: whoever has not finished signing in is asked to."""
    plain = plainly(view)

    @door
    def guarded(request: HttpRequest, inside: Insider) -> HttpResponseBase:
        answer = plain(request)
        # Drawn now, while the door stands behind it.
        return answer.render() if isinstance(answer, TemplateResponse) else answer

    return guarded


def second_factors(name: str) -> Callable[[HttpRequest], HttpResponseBase]:
    """A view of allauth's second factors, loaded when somebody comes to it: with it comes all of WebAuthn, which we do not use,
    a tenth of a start and of its memory."""

    def later(request: HttpRequest) -> HttpResponseBase:
        answer: HttpResponseBase = import_string(f"allauth.mfa.{name}")(request)
        return answer

    return later


def once(view: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """The same form, sent twice at once: the second, for which there is no room beside the first, leads to how it stands."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        try:
            return view(request)
        except IntegrityError:
            return SeeOther("/settings/second-factor/")

    return answered


second = plainly(second_factors("base.views.authenticate"))
again = behind(account.reauthenticate)
turn_on = behind(once(second_factors("totp.views.activate_totp")))
turn_off = behind(second_factors("totp.views.deactivate_totp"))
spare_codes = behind(second_factors("recovery_codes.views.view_recovery_codes"))
new_codes = behind(once(second_factors("recovery_codes.views.generate_recovery_codes")))
codes_file = behind(second_factors("recovery_codes.views.download_recovery_codes"))


@require_GET
@door
def second_factor(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Whether a second factor is on."""
    return render(request, "security/second.html", {"on": is_mfa_enabled(inside.user)})
