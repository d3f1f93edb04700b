"""Times: of now, of another moment, and in the zone of a deploy window."""

import re

import pytest

from handrail.adapters.clock import SystemClock, clock_at, local_time
from handrail.core.errors import HandrailError


def test_now_is_a_time_in_utc() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", SystemClock().now())


def test_a_clock_at_another_moment_stands_still_there() -> None:
    clock = clock_at("2026-12-01T08:30:00Z")
    assert (clock.now(), clock.today()) == ("2026-12-01T08:30:00Z", "2026-12-01")


def test_a_time_without_noughts_is_written_with_them() -> None:
    assert clock_at("2026-1-4T9:05:00Z").now() == "2026-01-04T09:05:00Z"


@pytest.mark.parametrize("text", ["tomorrow", "2026-12-01", "2026-12-01T08:30", "2026-13-01T08:30:00Z", ""])
def test_what_is_no_time_is_told_with_the_form(text: str) -> None:
    with pytest.raises(HandrailError, match="no time that can be read") as caught:
        clock_at(text)
    assert "2026-11-24T09:30:00Z" in caught.value.hint


LOCAL = [
    ("2026-11-24T09:30:00Z", "Europe/Berlin", "2026-11-24T10:30"),
    ("2026-07-28T09:30:00Z", "Europe/Berlin", "2026-07-28T11:30"),
    ("2026-11-24T23:30:00Z", "Asia/Tokyo", "2026-11-25T08:30"),
    ("2026-11-24T03:30:00Z", "America/New_York", "2026-11-23T22:30"),
    ("2026-03-29T00:59:59Z", "Europe/Berlin", "2026-03-29T01:59"),
    ("2026-03-29T01:00:00Z", "Europe/Berlin", "2026-03-29T03:00"),
    ("2026-11-24T09:30:00Z", "UTC", "2026-11-24T09:30"),
]


@pytest.mark.parametrize(("moment", "zone", "there"), LOCAL)
def test_local_time(moment: str, zone: str, there: str) -> None:
    assert local_time(moment, zone) == there


@pytest.mark.parametrize("zone", ["Europe/Bonn", "", "../etc/passwd", "/etc/localtime", "a\0b", "Europe"])
def test_an_unknown_zone_has_no_time(zone: str) -> None:
    assert local_time("2026-11-24T09:30:00Z", zone) == ""
