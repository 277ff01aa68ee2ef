"""What holds for every test: no display, folders of its own, and nothing left behind."""

from tests.isolation import isolate

isolate()

import pytest  # noqa: E402  (the environment comes before Qt)
from hypothesis import HealthCheck, settings  # noqa: E402

from tests import leak_hooks  # noqa: E402

# Bounded by examples, not by a deadline: the machine that runs this is shared. Each run draws anew, and
# prints what reproduces a failure.
settings.register_profile(
    "suite", max_examples=80, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")


def pytest_configure(config: pytest.Config) -> None:
    """Registers the leak check for the fixtures of the whole session too: a conftest's hooks miss those."""
    config.pluginmanager.register(leak_hooks, "leak-hooks")
