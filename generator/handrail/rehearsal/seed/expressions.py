"""The text of a CHECK, of an index's condition or expression -> a tree that can be worked out for one row."""

from collections.abc import Mapping, Sequence

from handrail.migrations.quotes import Dialect
from handrail.migrations.tokens import Token
from handrail.rehearsal.seed.expression_parts import Node, is_operator, number_of, pieces_of

LONGEST = 10_000
"""Characters of an expression that are read: longer ones count as unreadable."""

_DEEPEST = 60
_LEVELS = {"OR": 1, "AND": 2}
_NOT, _COMPARE, _OTHER, _SIGN = 3, 4, 5, 9
_COMPARISONS = frozenset({"=", "==", "<>", "!=", "<", ">", "<=", ">=", "<=>"})
_MATCHES = frozenset({"~", "~*", "!~", "!~*", "LIKE", "ILIKE", "GLOB", "REGEXP", "RLIKE"})
_ARITHMETIC = {"+": 6, "-": 6, "*": 7, "/": 7, "%": 7}
_CONSTANTS = {"TRUE": True, "FALSE": False, "NULL": None}
_NOW = frozenset({"CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "LOCALTIME", "LOCALTIMESTAMP"})
_WORDS_THAT_END = frozenset({"THEN", "ELSE", "END", "WHEN", "AS", "FROM", "ORDER", "ESCAPE"})


class _Unreadable(Exception):
    """The text is none of what is read here."""


def read_expression(text: str, dialect: Dialect, columns: Mapping[str, str]) -> Node | None:
    """Return the tree of an expression, None when it cannot be read. It never raises.

    ``columns`` maps names in small letters to the names of the columns.
    """
    if len(text) > LONGEST:
        return None
    try:
        reader = _Reader(tuple(pieces_of(text, dialect)), columns, dialect)
        node = reader.expression()
    except _Unreadable:
        return None
    return node if reader.at_end() else None


class _Reader:
    """Goes over the tokens once, from left to right."""

    def __init__(self, pieces: Sequence[Token], columns: Mapping[str, str], dialect: Dialect) -> None:
        self._pieces = pieces
        self._columns = columns
        self._dialect = dialect
        self._at = 0
        self._depth = 0

    def at_end(self) -> bool:
        return self._at >= len(self._pieces)

    def _next(self) -> Token:
        if self.at_end():
            raise _Unreadable
        self._at += 1
        return self._pieces[self._at - 1]

    def _sees(self, *words: str) -> bool:
        return not self.at_end() and self._pieces[self._at].says(*words)

    def _takes(self, *words: str) -> bool:
        found = self._sees(*words)
        self._at += found
        return found

    def _needs(self, *words: str) -> None:
        if not self._takes(*words):
            raise _Unreadable

    def expression(self, least: int = 0) -> Node:
        """Read as far as operators bind more tightly than ``least``."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _Unreadable
        node = self._prefix()
        while not self.at_end():
            more = self._infix(node, least)
            if more is None:
                break
            node = more
        self._depth -= 1
        return node

    def _prefix(self) -> Node:
        if self._takes("NOT"):
            return Node("not", (self.expression(_NOT),))
        if self._takes("-", "+"):
            sign = self._pieces[self._at - 1].text
            node = self.expression(_SIGN)
            if node.op == "const" and isinstance(node.value, int | float):
                return Node("const", (), -node.value if sign == "-" else node.value)
            return Node("binary", (Node("const", (), 0), node), sign)
        return self._suffixes(self._operand())

    def _suffixes(self, node: Node) -> Node:
        """Read what stands close behind an operand: casts, collations, subscripts."""
        while not self.at_end():
            if self._takes("::"):
                node = Node("cast", (node,), self._type())
            elif self._takes("COLLATE"):
                self._name()
            elif self._sees("[") and self._dialect == "postgresql":
                self._next()
                node = Node("call", (node, self.expression()), "[]")
                self._needs("]")
            else:
                break
        return node

    def _name(self) -> str:
        name = self._next()
        if name.kind not in ("word", "name"):
            raise _Unreadable
        while self._takes("."):
            name = self._next()
        return name.value

    def _type(self) -> str:
        words = [self._name().lower()]
        while self._sees("VARYING", "PRECISION", "WITHOUT", "WITH", "TIME", "ZONE", "UNSIGNED", "SIGNED"):
            words.append(self._next().text.lower())
        if self._takes("("):
            while not self._takes(")"):
                self._next()
        while self._takes("["):
            self._needs("]")
            words.append("[]")
        return " ".join(words)

    def _infix(self, left: Node, least: int) -> Node | None:
        token = self._pieces[self._at]
        word = token.text.upper() if token.kind in ("word", "mark") else ""
        if word in _LEVELS and _LEVELS[word] > least:
            self._at += 1
            return Node(word.lower(), (left, self.expression(_LEVELS[word])))
        if least < _COMPARE:
            found = self._comparison(left, word)
            if found is not None:
                return found
        level = _ARITHMETIC.get(word) or (_OTHER if is_operator(token) else 0)
        if level > least and word not in _COMPARISONS and word not in _MATCHES:
            self._at += 1
            return Node("binary", (left, self.expression(level)), word)
        return None

    def _comparison(self, left: Node, word: str) -> Node | None:
        start = self._at
        self._at += 1
        if word in ("IS", "ISNULL", "NOTNULL"):
            return self._is(left, word)
        negated = word == "NOT"
        if negated:
            word = self._next().text.upper()
        node = (
            self._compared(left, word) if word in _COMPARISONS and not negated else self._tested(left, word)
        )
        if node is None:
            self._at = start
            return None
        return Node("not", (node,)) if negated else node

    def _tested(self, left: Node, word: str) -> Node | None:
        """Read what NOT may stand before: LIKE and its kin, BETWEEN, IN."""
        if word in _MATCHES:
            node = Node("match", (left, self.expression(_OTHER)), word)
            if self._takes("ESCAPE"):
                self._next()
            return node
        if word == "BETWEEN":
            low = self.expression(_COMPARE)
            self._needs("AND")
            return Node("between", (left, low, self.expression(_COMPARE)))
        if word == "IN":
            self._needs("(")
            return Node("in", (left, *self._list(")")))
        return None

    def _compared(self, left: Node, word: str) -> Node:
        """Read the right side: an expression, or ANY and ALL of a list."""
        if self._takes("ANY", "SOME", "ALL"):
            every = self._pieces[self._at - 1].says("ALL")
            self._needs("(")
            array = self.expression()
            self._needs(")")
            return Node("all" if every else "any", (left, array), word)
        return Node("compare", (left, self.expression(_COMPARE)), word)

    def _is(self, left: Node, word: str) -> Node:
        if word != "IS":  # ISNULL, NOTNULL
            node = Node("same", (left, Node("const")))
            return Node("not", (node,)) if word == "NOTNULL" else node
        negated = self._takes("NOT")
        if self._takes("DISTINCT"):
            self._needs("FROM")
            negated = not negated
        node = Node("same", (left, self.expression(_COMPARE)))
        return Node("not", (node,)) if negated else node

    def _list(self, end: str) -> tuple[Node, ...]:
        found: list[Node] = []
        while not self._takes(end):
            found.append(self.expression())
            if not self._sees(end):
                self._needs(",")
        return tuple(found)

    def _operand(self) -> Node:
        token = self._next()
        if token.says("("):
            parts = self._list(")")
            return parts[0] if len(parts) == 1 else Node("row", parts)
        if token.kind == "string":
            return Node("const", (), token.value)
        if token.kind == "number":
            return Node("const", (), number_of(token.text))
        if token.kind in ("word", "name"):
            return self._word(token)
        raise _Unreadable

    def _word(self, token: Token) -> Node:
        word = token.text.upper() if token.kind == "word" else ""
        if word in _CONSTANTS:
            return Node("const", (), _CONSTANTS[word])
        if word in _WORDS_THAT_END:
            raise _Unreadable
        if word == "CASE":
            return self._case()
        if word == "ARRAY" and self._takes("["):
            return Node("array", self._list("]"))
        following = None if self.at_end() else self._pieces[self._at]
        if word and following and following.kind == "string":
            return self._typed(word)
        name = token
        while self._takes("."):
            name = self._next()
        if self._takes("("):
            return self._call(name.value.lower())
        return self._column(name)

    def _typed(self, word: str) -> Node:
        """Read a string behind a word: ``X'00'``, ``E'...'``, ``_utf8mb4'...'``, ``DATE '...'``."""
        text = self._next().value
        if word in ("X", "B"):
            try:
                return Node("const", (), bytes.fromhex(text) if word == "X" else text)
            except ValueError:
                raise _Unreadable from None
        return Node("const", (), text)

    def _call(self, name: str) -> Node:
        if name == "cast":
            node = self.expression()
            self._needs("AS")
            kind = self._type()
            self._needs(")")
            return Node("cast", (node,), kind)
        if name == "booleantest":  # how the grammar's own tree shows IS TRUE
            node = self.expression()
            self._needs(",")
            self._next()
            said = self._next().text.upper()
            self._needs(")")
            node = Node("same", (node, Node("const", (), said.endswith("TRUE"))))
            return Node("not", (node,)) if "NOT_" in said else node
        if self._takes("*"):
            self._needs(")")
            return Node("unknown")
        parts = self._list(")")
        return parts[0] if name == "arg" and len(parts) == 1 else Node("call", parts, name)

    def _case(self) -> Node:
        subject = None if self._sees("WHEN") else self.expression()
        parts: list[Node] = []
        while self._takes("WHEN"):
            when = self.expression()
            parts.append(when if subject is None else Node("compare", (subject, when), "="))
            self._needs("THEN")
            parts.append(self.expression())
        parts.append(self.expression() if self._takes("ELSE") else Node("const"))
        self._needs("END")
        return Node("case", tuple(parts))

    def _column(self, token: Token) -> Node:
        name = token.value
        if name in self._columns.values():
            return Node("column", (), name)
        known = self._columns.get(name.lower())
        if known is not None:
            return Node("column", (), known)
        if token.kind == "name" and token.text[:1] == '"' and self._dialect == "sqlite":
            return Node("const", (), name)  # SQLite takes it for a string
        return Node("unknown")
