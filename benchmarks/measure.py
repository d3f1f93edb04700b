"""Whole processes, side by side: one interleaved run, medians, ratios."""

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple


class Cost(NamedTuple):
    """What one run took: CPU and wall in seconds, peak memory in MiB."""

    cpu: float
    wall: float
    memory: float


class Job(NamedTuple):
    """A command to measure. ``before`` puts its folder into the state that it starts from."""

    name: str
    command: Sequence[str]
    folder: str
    before: Callable[[], object] | None = None
    codes: tuple[int, ...] = (0,)


def run(job: Job) -> Cost:
    """Run ``job`` once. Stops the benchmark when the command fails: a failure is fast."""
    if job.before:
        job.before()
    start = time.perf_counter()
    with subprocess.Popen(
        list(job.command),
        cwd=job.folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stderr is not None
        said = process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if process.returncode not in job.codes:
        raise SystemExit(f"{job.name} failed ({process.returncode}): {said.decode()[-2000:]}")
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


def side_by_side(jobs: Sequence[Job], rounds: int = 7) -> dict[str, Cost]:
    """Return the median cost of each job: all of them in turn, ``rounds`` times after a warm-up."""
    for job in jobs:
        run(job)
    costs: dict[str, list[Cost]] = {job.name: [] for job in jobs}
    for _ in range(rounds):
        for job in jobs:
            costs[job.name].append(run(job))
    return {name: median(each) for name, each in costs.items()}


def median(costs: Sequence[Cost]) -> Cost:
    """Return the median of each column."""
    return Cost(*(statistics.median(column) for column in zip(*costs, strict=True)))


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """Return how cost grows with size: the slope through the last two points, in logarithms."""
    import math

    return math.log(seconds[-1] / seconds[-2]) / math.log(sizes[-1] / sizes[-2])
