"""When a deploy window is open, and when it opens next."""

import pytest

from handrail.core.location import Location
from handrail.policy.team import DeployWindow
from handrail.review.windows import closed, is_day, next_day, next_opening, told

WINDOW = DeployWindow(
    location=Location("policies/team.yaml", 1, 1),
    id="weekly",
    title="Weekly",
    days=("Tuesday", "Wednesday"),
    from_time="09:00",
    to_time="11:00",
    time_zone="Europe/Berlin",
    why="Somebody is there.",
)
TIMES = [
    ("2026-11-24", "09:00", ""),
    ("2026-11-24", "10:59", ""),
    ("2026-11-25", "10:00", ""),
    ("2026-11-24", "11:00", "11:00 is outside the window."),
    ("2026-11-24", "08:59", "08:59 is outside the window."),
    ("2026-11-26", "10:00", "2026-11-26 is a Thursday."),
    ("2026-11-23", "10:00", "2026-11-23 is a Monday."),
]


@pytest.mark.parametrize(("day", "time", "said"), TIMES)
def test_closed(day: str, time: str, said: str) -> None:
    assert closed(WINDOW, day, time) == said


NEXT = [
    ("2026-11-24", "08:00", "2026-11-24 09:00"),
    ("2026-11-24", "11:00", "2026-11-25 09:00"),
    ("2026-11-25", "12:00", "2026-12-01 09:00"),
    ("2026-11-28", "10:00", "2026-12-01 09:00"),
    ("2026-12-30", "23:59", "2027-01-05 09:00"),
]


@pytest.mark.parametrize(("day", "time", "opening"), NEXT)
def test_next_opening(day: str, time: str, opening: str) -> None:
    assert next_opening(WINDOW, day, time) == opening


def test_next_day_is_never_today() -> None:
    assert next_day(WINDOW, "2026-11-24") == "2026-11-25"


@pytest.mark.parametrize(("text", "is_one"), [("2026-02-28", True), ("2026-02-30", False), ("soon", False)])
def test_a_day_is_one_of_the_calendar(text: str, is_one: bool) -> None:
    assert is_day(text) is is_one


def test_told_in_words() -> None:
    assert told(WINDOW) == "Tuesday or Wednesday, 09:00 to 11:00 Europe/Berlin"
