"""The profile of the long form: `make gauntlet` chooses it, with a seed that it prints."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "gauntlet",
    deadline=None,
    max_examples=1_000,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
