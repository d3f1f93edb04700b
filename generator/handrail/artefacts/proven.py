"""What a page may say of evidence."""

from collections.abc import Mapping
from typing import NamedTuple

from handrail.artefacts.drills import Drilled
from handrail.artefacts.measures import Measure


class Proven(NamedTuple):
    """Drills by runbook, and measures by metric; a metric that nothing is counted for has none."""

    drills: Mapping[str, Drilled]
    measures: Mapping[str, Measure]


NOTHING = Proven({}, {})
