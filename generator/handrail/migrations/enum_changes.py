"""What changed in the values of an enum."""

from collections.abc import Iterator

from handrail.migrations.operations import Operation
from handrail.migrations.tables import Label


def find_label_changes(
    old: tuple[Label, ...], new: tuple[Label, ...], like: Operation
) -> Iterator[Operation]:
    """Yield what happened to the values of an enum; ``like`` has the place of the operations."""
    names, uids = {each.name for each in new}, {each.uid: each.name for each in new if each.uid}
    there = {each.name for each in old}
    renamed = {each.name: uids[each.uid] for each in old if each.name not in names and each.uid in uids}
    for name, label in renamed.items():
        yield like._replace(kind="enum.value.rename", old=name, new=label)
    for each in old:
        if each.name not in names and each.name not in renamed:
            yield like._replace(kind="enum.value.remove", old=each.name)
    for each in new:
        if each.name not in there and each.name not in renamed.values():
            yield like._replace(kind="enum.value.add", new=each.name)
