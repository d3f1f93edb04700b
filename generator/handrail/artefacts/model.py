"""A generated file, in memory."""

from handrail.core.record import record


@record
class Artefact:
    """What should stand at ``path``: a whole file, or a block inside a hand-written one.

    ``block`` is the block's id, '' for a whole file. ``read`` are the policy
    files that went into it, ``shows`` the entries (kind, id) that it shows,
    ``template`` the template it was made with; ``schema`` tells that the
    application's schema went into it, ``evidence`` that evidence did.
    """

    id: str
    path: str
    text: str
    title: str = ""
    section: str = ""
    block: str = ""
    template: str = ""
    schema: bool = False
    evidence: bool = False
    read: tuple[str, ...] = ()
    shows: frozenset[tuple[str, str]] = frozenset()
