"""The one comment of a pull request."""

from handrail.commands.review_shown import LONGEST, MARKER, write_comment
from handrail.core.pull_request import Comment, PullRequest
from tests.fakes import MemoryPullRequests


def github(*comments: Comment) -> MemoryPullRequests:
    """Return a pull request with comments."""
    return MemoryPullRequests(PullRequest(7), comments={7: comments})


def test_the_first_time_it_is_written_anew() -> None:
    there = github(Comment(1, f"{MARKER} copied by somebody"), Comment(2, "of another workflow", mine=True))
    write_comment(there, 7, "text")
    assert there.log == [(7, f"{MARKER}\n\ntext", None)]


def test_then_it_is_written_in_place_of_the_last() -> None:
    there = github(Comment(1, f"{MARKER}\n\nold", mine=True), Comment(2, "Thanks"))
    write_comment(there, 7, "new")
    assert there.log == [(7, f"{MARKER}\n\nnew", 1)]


def test_what_stands_there_already_is_left_alone() -> None:
    there = github(Comment(1, f"{MARKER}\n\nsame\n", mine=True))
    write_comment(there, 7, "same")
    assert there.log == []


def test_a_long_text_is_cut_at_a_line_and_says_so() -> None:
    there = github()
    write_comment(there, 7, "a line of text\n" * 10_000)
    ((_, body, _),) = there.log
    assert len(body) < 65_536
    assert len(body) > LONGEST - 100
    *_, last, _, told, _ = body.split("\n")
    assert (last, told) == ("a line of text", "Cut here: the job summary has all of it.")
