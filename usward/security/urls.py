"""Everything about access: the way in, and who can get in."""

from django.urls import path

from usward.security import devices, old_own, passphrase, pin, readmitting, recovery, signing

urlpatterns = [
    path("sign-in/", signing.sign_in, name="account_login"),
    path("sign-in/again/", signing.again, name="account_reauthenticate"),
    path("sign-in/second/", signing.second, name="mfa_authenticate"),
    path("sign-in/lost/", readmitting.lost, name="lost"),
    path("sign-in/lost/ask/", readmitting.ask, name="lost_ask"),
    path("sign-in/lost/asked/", readmitting.asked, name="lost_asked"),
    path("sign-in/recovery/", recovery.sign_in_with_code, name="recover"),
    path("sign-in/recovery/new/", recovery.renew, name="renew"),
    path("sign-out/", signing.sign_out, name="account_logout"),
    path("let-in/yes/", readmitting.grant, name="let_in"),
    path("let-in/stop/", readmitting.stop, name="let_in_stop"),
    path("pin/", pin.ask, name="pin_ask"),
    path("settings/passphrase/", passphrase.passphrase, name="passphrase_change"),
    path("settings/recovery/", recovery.recovery, name="recovery"),
    path("settings/pin/", pin.pin, name="pin"),
    path("settings/old-own/", old_own.old_own, name="old_own"),
    path("settings/devices/", devices.devices, name="devices"),
    path("settings/devices/end/", devices.end_device, name="device_end"),
    path("settings/devices/end-all/", devices.end_all, name="devices_end"),
    path("settings/devices/seen/", devices.seen, name="alerts_seen"),
    path("settings/second-factor/", signing.second_factor, name="mfa_index"),
    path("settings/second-factor/on/", signing.turn_on, name="mfa_activate_totp"),
    path("settings/second-factor/off/", signing.turn_off, name="mfa_deactivate_totp"),
    path("settings/second-factor/codes/", signing.spare_codes, name="mfa_view_recovery_codes"),
    path("settings/second-factor/codes/new/", signing.new_codes, name="mfa_generate_recovery_codes"),
    path("settings/second-factor/codes/file/", signing.codes_file, name="mfa_download_recovery_codes"),
]
