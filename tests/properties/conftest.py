"""Profiles of hypothesis: few and fixed examples in the suite, many with HANDRAIL_PROFILE=long.

The suite does not shrink what it finds, which takes minutes: the long profile does.
"""

import importlib
import os
import pkgutil

from hypothesis import HealthCheck, Phase, settings

import handrail

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
settings.register_profile(
    "suite",
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=_SLOW,
)
settings.register_profile("long", deadline=None, suppress_health_check=_SLOW, print_blob=True)
settings.load_profile(os.environ.get("HANDRAIL_PROFILE", "suite"))

# Hypothesis draws from constants of the modules that are loaded. Load all of them, so that the
# examples of the suite do not depend on which tests this worker ran before.
for _module in pkgutil.walk_packages(handrail.__path__, "handrail."):
    if not _module.name.endswith("__main__"):
        importlib.import_module(_module.name)
