"""What a memory gives back is what would be worked out anew."""

import pytest

from handrail.artefacts import memory as module
from handrail.artefacts.memory import Memory
from handrail.source.markdown import html_lines, parse_page

PAGES = [
    "",
    "# Title\n\n[a](b.md#c) ![x](y.png) <a id='q'></a>\n\n[gone][label]\n\n[known]: z.md\n",
    "---\ntitle: T\n---\n\n| a | b |\n| --- | --- |\n| [x](y) | `[no](link)` |\n",
    "<!-- handrail:begin faq -->\n\n```\n<!-- handrail:end faq -->\n```\n",
]


@pytest.mark.parametrize("text", PAGES)
def test_pages_and_lines_come_back_unchanged(text: str) -> None:
    first = Memory()
    wanted = parse_page(text), tuple(sorted(html_lines(text)))
    assert (first.page(text), first.html_lines(text)) == wanted
    second = Memory(first.dump())
    assert (second.page(text), second.html_lines(text)) == wanted


def test_it_is_not_worked_out_twice() -> None:
    calls: list[str] = []

    def work_out(text: str) -> int:
        calls.append(text)
        return 1

    first = Memory()
    assert [first.recall("k", "text", work_out) for _ in range(2)] == [1, 1]
    again = Memory(first.dump())
    assert again.recall("k", "text", work_out) == 1
    assert again.recall("k", "other", work_out) == 1
    assert calls == ["text", "other"]


def test_it_keeps_only_what_the_last_run_used() -> None:
    first = Memory()
    first.put("k", "old", 1)
    first.put("k", "used", 2)
    second = Memory(first.dump())
    assert second.get("k", "used") == 2
    assert second.grown
    third = Memory(second.dump())
    assert (third.get("k", "old"), third.get("k", "used"), third.grown) == (None, 2, False)


def test_another_version_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    first = Memory()
    first.put("k", "a", 1)
    raw = first.dump()
    monkeypatch.setattr(module, "__version__", "other")
    assert Memory(raw).get("k", "a") is None
