"""Makes the floor's database: one person, one session, twenty rows. Prints the session's cookie as JSON."""

import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.floor.settings")
django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402  (after setup)
from django.contrib.auth.models import User  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402

from benchmarks.floor.models import Note  # noqa: E402

ROWS = 20

if __name__ == "__main__":
    call_command("migrate", run_syncdb=True, verbosity=0)
    user = User.objects.create_user("anna", password="a long enough passphrase")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    for number in range(ROWS):
        Note.objects.create(
            text=f"Entry {number}: you made tea before I was awake, and left the window open for the birds."
        )
    print(json.dumps({"anna": {"sessionid": session.session_key}}))
