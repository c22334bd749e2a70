"""How many examples: `fast` in the suite, `thorough` (10,000 of each property) with HYPOTHESIS_PROFILE=thorough."""

import os

from hypothesis import HealthCheck, settings

COMMON = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])

settings.register_profile("fast", COMMON, max_examples=60)
settings.register_profile("thorough", COMMON, max_examples=10_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))
