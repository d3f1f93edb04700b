"""Parts that are measured inside one process, because start-up would hide them."""

import gc
import sqlite3
import statistics
import time
from collections.abc import Callable
from typing import Any

import jsonschema
import made_histories
import workloads
import yaml

from handrail.adapters.sqlite import SqliteScratch
from handrail.migrations.operations import Script
from handrail.migrations.sqlite.front_end import SqliteFrontEnd
from handrail.policy.schema import schema_of
from handrail.policy.validate import find_shape_problems
from handrail.source.yaml_nodes import parse_yaml

ENTRIES = 10_000
SPACING = 100
ROUNDS = 5
MIGRATIONS = 1_000


def yaml_ratio() -> float:
    """Return the time of our reader over that of CSafeLoader, on operations.yaml with 10,000 entries."""
    text = "operations:\n" + "".join(workloads.operation(number) for number in range(ENTRIES))
    raw = text.encode()

    def theirs() -> Any:
        return yaml.load(raw, Loader=yaml.CSafeLoader)  # this is the safe loader

    return _ratio(lambda: parse_yaml("policies/operations.yaml", raw), theirs)


def validation_ratio() -> float:
    """Return the time of our validator over that of jsonschema; one entry in 100 is wrong in two ways."""
    wrong = "  - id: made.number_{}\n    title: ''\n    dialects: [sqlite]\n    level: LOW\n    wy: x\n"
    entries = (
        workloads.operation(number) if number % SPACING else wrong.format(number) for number in range(ENTRIES)
    )
    text = "operations:\n" + "".join(entries)
    document = parse_yaml("policies/operations.yaml", text.encode())
    validator = jsonschema.Draft202012Validator(schema_of("operations"))
    found = find_shape_problems("operations", document)
    assert len(found) == 2 * ENTRIES // SPACING
    return _ratio(
        lambda: find_shape_problems("operations", document),
        lambda: list(validator.iter_errors(document.data)),
    )


def folding_ratio() -> float:
    """Return the time of folding 1,000 SQLite migrations over that of running the same scripts."""
    scripts = [Script(f"{n}.sql", made_histories.script("sqlite", n)) for n in range(MIGRATIONS)]

    def ours() -> Any:
        reader = SqliteFrontEnd(SqliteScratch(), SqliteScratch())
        for each in scripts:
            reader.apply(each)

    def theirs() -> Any:
        base = sqlite3.connect(":memory:", isolation_level=None)
        for each in scripts:
            base.executescript(each.text)

    return _ratio(ours, theirs)


def _ratio(ours: Callable[[], Any], theirs: Callable[[], Any]) -> float:
    times: dict[Callable[[], Any], list[float]] = {ours: [], theirs: []}
    for number in range(ROUNDS + 1):
        for work, seconds in times.items():
            gc.collect()
            start = time.process_time()
            work()
            if number:
                seconds.append(time.process_time() - start)
    return statistics.median(times[ours]) / statistics.median(times[theirs])
