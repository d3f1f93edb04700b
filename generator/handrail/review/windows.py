"""The deploy windows of the policy: which one a level waits for, and whether it is open at a time."""

from datetime import date, timedelta

from handrail.policy.model import Policy
from handrail.policy.projection import level_of
from handrail.policy.team import DeployWindow

_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def window_of(policy: Policy, level: str) -> DeployWindow | None:
    """Return the window that deploys of a level wait for, None where they wait for none."""
    name = level_of(policy, level).deploy_window
    return next((each for each in policy.team.windows if each.id == name), None)


def is_day(text: str) -> bool:
    """Tell whether ``2026-11-24`` is a day of the calendar."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def closed(window: DeployWindow, day: str, time: str) -> str:
    """Say why a window is closed on a day (2026-11-24) at a time (09:30) of its own zone, or ''."""
    name = _WEEK[date.fromisoformat(day).weekday()]
    if name not in window.days:
        return f"{day} is a {name}."
    if not window.from_time <= time < window.to_time:
        return f"{time} is outside the window."
    return ""


def next_day(window: DeployWindow, today: str) -> str:
    """Return the first day of the window that is still to come."""
    days = (date.fromisoformat(today) + timedelta(days=ahead) for ahead in range(1, 8))
    return next((f"{day}" for day in days if _WEEK[day.weekday()] in window.days), today)


def next_opening(window: DeployWindow, day: str, time: str) -> str:
    """Return when a window opens next after a day and time of its own zone."""
    today = not closed(window, day, window.from_time) and time < window.from_time
    return f"{day if today else next_day(window, day)} {window.from_time}"


def told(window: DeployWindow) -> str:
    """Return when a window is open, in words."""
    return f"{' or '.join(window.days)}, {window.from_time} to {window.to_time} {window.time_zone}"
