"""Who may do what: roles and the people or agents in them."""

from typing import Annotated, Literal

from handrail.core.record import record
from handrail.policy.shape import LOGIN, SLUG, Entry, Id, Line, Matches, Node, NotEmpty, Ref, Text, Tighter


@record
class Member(Node):
    """A person or an agent in a role."""

    login: Annotated[
        str,
        "GitHub login, without @.",
        Matches(LOGIN, "octocat"),
    ]
    name: Annotated[Line | None, "Name as people know it."] = None
    kind: Annotated[
        Literal["human", "agent"], "A person, or a program that acts like one.", Tighter("more")
    ] = "human"


@record
class Role(Entry):
    """A hat that a person or an agent wears."""

    id: Annotated[str, "Stable id.", Id("role", used=True), Matches(SLUG, "data-engineer")]
    title: Annotated[Line, "Name as people know it."]
    summary: Annotated[Text, "What the role answers for."]
    responsibilities: Annotated[tuple[Text, ...], "What the role does.", NotEmpty()]
    human: Annotated[bool, "True when only a person may approve in this role.", Tighter("more")] = True
    github_team: Annotated[
        str | None,
        "GitHub team that CODEOWNERS names, as org/team.",
        Matches(r"^[A-Za-z0-9-]+/[a-z0-9-]+$", "your-org/data-engineers"),
    ] = None
    members: Annotated[tuple[Member, ...], "People and agents in the role.", Tighter("less")] = ()
    notified_by: Annotated[tuple[Annotated[str, Ref("channel")], ...], "How the role hears of a change."] = ()


@record
class RolesFile(Node):
    """roles.yaml"""

    roles: Annotated[tuple[Role, ...], "The roles, in the order in which tables list them.", NotEmpty()]
