"""explain and its list know every id of any policy, and say where it stands."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from handrail.artefacts.catalogue import BUILTIN
from handrail.commands.explain import explain, list_ids
from tests.minimal.builder import load
from tests.properties.policies import policies
from tests.properties.project import SHIPPED, examples, repository


@examples(6)
@given(policies(), st.data())
def test_every_id_is_explained_where_it_is_defined(data: dict[str, Any], choice: st.DataObject) -> None:
    files = repository(data)
    index = load(files.files).index
    every = [(kind, key) for kind, known in index.definitions.items() for key in known]
    listed = [tuple(line.split()[:2]) for line in list_ids(files, SHIPPED, "").text.splitlines()]
    builtin = [(kind, key) for kind, known in BUILTIN.items() for key in known]
    assert set(every) <= set(listed) <= {*every, *builtin}
    assert len(listed) == len(set(listed))

    kind, key = choice.draw(st.sampled_from(every))
    definition = index.definitions[kind][key]
    (found,) = json.loads(explain(files, SHIPPED, f"{kind}:{key}", "json").text)
    assert (found["kind"], found["id"], found["where"]) == (kind, definition.id, str(definition.location))
    line = files.files[definition.location.path].decode().split("\n")[definition.location.line - 1]
    assert line[definition.location.column - 1 :].startswith(f'"{definition.id}"')

    text = explain(files, SHIPPED, key, "text").text
    assert f"{definition.id} ({kind})" in text
    assert str(definition.location) in text
