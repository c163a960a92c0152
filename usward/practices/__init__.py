"""The practices: each a folder of its own, which settings, addresses, places and the export find by its being here.

A folder holds at least apps.py, entries.py, actions.py, cards.py, views.py and urls.py; see thanks/, the smallest. One
without addresses is not a practice yet: nobody could open it.
"""

from pathlib import Path
from pkgutil import iter_modules

NAMES = sorted(found.name for found in iter_modules(__path__) if Path(__path__[0], found.name, "urls.py").exists())
