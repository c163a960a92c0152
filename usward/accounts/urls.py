"""allauth's views that we use, under addresses of ours."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("sign-in/again/", account.reauthenticate, name="account_reauthenticate"),
    path("sign-in/second/", mfa.authenticate, name="mfa_authenticate"),
    path("sign-in/second/again/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("settings/second-factor/", mfa.index, name="mfa_index"),
    path("settings/second-factor/on/", totp.activate_totp, name="mfa_activate_totp"),
    path("settings/second-factor/off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("settings/second-factor/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("settings/second-factor/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("settings/second-factor/codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
