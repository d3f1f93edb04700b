"""What makes edited data a valid policy again: the promises that no schema can hold it to."""

from collections.abc import Iterator
from typing import Any

from handrail.artefacts.catalogue import BUILTIN
from handrail.policy.forms import Form, forms_of, id_field
from handrail.policy.guide import Command
from handrail.policy.model import FILES
from handrail.policy.operations import Operation
from handrail.policy.references import CODE, REFERENCE
from handrail.policy.shape import Conditional, NotEmpty, Ref
from tests.minimal.builder import minimal_data

Data = dict[str, Any]
Known = dict[str, list[str]]


def mended(data: Data) -> Data:
    """Return ``data``, changed in place where it would not validate. The same data gives the same result."""
    _order(data)
    _choices(data)
    _conditions(data)
    _commands(data)
    for _ in range(2):  # what the first round takes out may have been named by something
        _references(data, _known(data))
        _examples(data)
        _controls(data)
    _unused(data)
    return data


def base_databases() -> list[Data]:
    """Return the databases of the minimal policy: with none, nothing that names an engine would count."""
    return list(minimal_data()["database"]["databases"])


def _conditions(data: Data) -> None:
    """Let every entry count for the team's own stack: one that is left out is not there to be read back."""
    if not data["database"]["databases"]:
        data["database"]["databases"] = base_databases()
    own = {"orm": data["database"]["orm"], "engine": data["database"]["databases"][0]["engine"]}
    for cls, record in _records(data):
        for name, value in own.items():
            if issubclass(cls, Conditional) and name in record:
                record[name] = value
        if issubclass(cls, Operation) and own["engine"] not in record["dialects"]:
            record["dialects"].append(own["engine"])


def _commands(data: Data) -> None:
    """Let every command have something to run, or words that say what to do."""
    for cls, record in _records(data):
        if issubclass(cls, Command) and "run" not in record:
            record.pop("expect", None)
            record.setdefault("text", "By hand.")


def _records(data: Data) -> Iterator[tuple[Any, Data]]:
    """Yield (class, record) for every record."""
    waiting: list[tuple[Any, Data]] = [(FILES[stem], root) for stem, root in data.items()]
    while waiting:
        cls, record = waiting.pop(0)
        yield cls, record
        for name, (form, _, _) in forms_of(cls).items():
            if name not in record:
                continue
            if form.kind == "record":
                waiting.append((form.cls, record[name]))
            elif form.kind == "list" and form.item is not None and form.item.kind == "record":
                waiting.extend((form.item.cls, entry) for entry in record[name])


def _known(data: Data) -> Known:
    known: Known = {kind: list(ids) for kind, ids in BUILTIN.items()}
    for cls, record in _records(data):
        names = id_field(cls)
        if names:
            known.setdefault(names[1].kind, []).append(record[names[0]])
    return known


def _references(data: Data, known: Known) -> None:
    """Let every reference name something that exists; drop it where nothing does."""
    for cls, record in _records(data):
        for name, (form, required, _) in forms_of(cls).items():
            if name not in record:
                continue
            value = (
                _list(form, record[name], known) if form.kind == "list" else _one(form, record[name], known)
            )
            if value is None and required:
                value = known[form.mark(Ref).kind][0]
            if value is None:
                del record[name]
            else:
                record[name] = value


def _one(form: Form, value: Any, known: Known) -> Any:
    """Return the value with its references mended, or None for one that leads nowhere."""
    names = form.mark(Ref)
    if names:
        return value if value in known.get(names.kind, ()) else None
    return _texts(value, known) if form.prose else value


def _list(form: Form, values: list[Any], known: Known) -> list[Any]:
    assert form.item is not None
    if form.item.kind != "text":
        return values
    mended = [_one(form.item, each, known) for each in values]
    kept = [each for each in mended if each is not None]
    if form.item.mark(Ref):
        kept = list(dict.fromkeys(kept))
        return kept or (known[form.item.mark(Ref).kind][:1] if form.mark(NotEmpty) else [])
    return kept


def _texts(text: str, known: Known) -> str:
    """Return a text whose references lead somewhere."""
    return REFERENCE.sub(lambda found: found[0] if found[2] in known.get(found[1], ()) else "a", text)


def _order(data: Data) -> None:
    """Put weeks and hours the right way round."""
    for phase in data["rollout"]["phases"]:
        if phase.get("last_week") is not None:
            phase["last_week"] = max(phase["last_week"], phase["first_week"])
        if "hours" in phase:
            low, high = sorted((phase["hours"]["low"], phase["hours"]["high"]))
            phase["hours"] = {"low": low, "high": high}


def _choices(data: Data) -> None:
    """Give choices their options, and CI its checks."""
    for field in data["pull-request"]["pull_request"]["fields"]:
        if field["kind"] != "choice":
            field.pop("options", None)
        elif not field.get("options"):
            field["options"] = [{"id": "yes", "text": "Yes"}]
    levels = {each["id"]: each["from_level"] for each in data["risk-matrix"]["requirements"]}
    for field in data["pull-request"]["pull_request"]["fields"]:
        field["from_level"] = levels.get(field.get("requirement"), field["from_level"])
    entries = [*data["risk-matrix"]["requirements"]]
    for checklist in data["checklists"]["checklists"]:
        entries += checklist["items"]
    for entry in entries:
        if entry["checked_by"] == "ci":
            entry.setdefault("check", "policy-valid")


def _examples(data: Data) -> None:
    """Let the examples of a row name operations of that level."""
    operations = data["operations"]["operations"]
    for level in data["risk-matrix"]["levels"]:
        own = [each["id"] for each in operations if each["level"] == level["id"]]
        if not own:
            own = [f"made.for.{level['id'].lower()}"]
            made = {"id": own[0], "title": "Made", "dialects": ["sqlite"], "level": level["id"]}
            operations.append(made)
        for example in level["examples"]:
            example["operations"] = [each for each in example["operations"] if each in own] or own[:1]


def _controls(data: Data) -> None:
    """Close every gap, and let something enforce every control."""
    controls = data["controls"]["controls"]
    for gap in data["gaps"]["gaps"]:
        if not gap.get("controls"):
            gap["controls"] = [controls[0]["id"]]
    for control in controls:
        places = control.setdefault("enforced_by", [])
        if not any(place.get("check") or place.get("item") for place in places):
            places.append({"by": "ci", "check": "policy-valid"})


def _unused(data: Data) -> None:
    """Name every entry that has to be named in one more glossary entry."""
    used = {(kind, key) for kind, key in _used(data)}
    missing = []
    for cls, record in _records(data):
        names = id_field(cls)
        if names and names[1].used and (names[1].kind, record[names[0]]) not in used:
            dropped = names[1].kind == "seed" and record.get("dropped")
            missing += [] if dropped else [f"[[{names[1].kind}:{record[names[0]]}]]"]
    if missing:
        terms = data["glossary"]["terms"]
        made = sum(term["id"].startswith("zz-named") for term in terms)
        terms.append({"id": f"zz-named-{made}", "term": "Named", "means": " and ".join(missing)})


def _used(data: Data) -> Iterator[tuple[str, str]]:
    for cls, record in _records(data):
        for name, (form, _, _) in forms_of(cls).items():
            values = record.get(name, [])
            for value in values if isinstance(values, list) else [values]:
                item = form.item or form
                if item.mark(Ref):
                    yield item.mark(Ref).kind, value
                elif item.prose and isinstance(value, str):
                    yield from ((found[1], found[2]) for found in REFERENCE.finditer(CODE.sub("", value)))
