"""How hard the property tests try: a little on every run (`ci`), two thousand times a night (`nightly`)."""

import os

from hypothesis import HealthCheck, settings

# Examples run against a real database and make people of their own, so a fixture that lasts for all of them is meant.
_calm = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile("ci", max_examples=20, stateful_step_count=25, deadline=None, suppress_health_check=_calm)
settings.register_profile(
    "nightly", max_examples=2000, stateful_step_count=40, deadline=None, suppress_health_check=_calm
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
