"""One table -> the statements that fill it. What the engine refuses is tried again, more plainly."""

from collections.abc import Callable, Iterator, Sequence

from handrail.migrations.quotes import Dialect
from handrail.migrations.tables import Table
from handrail.rehearsal.seed.late import Later
from handrail.rehearsal.seed.parents import Parents
from handrail.rehearsal.seed.plan import Plan
from handrail.rehearsal.seed.rows import Row, Rows
from handrail.rehearsal.seed.statements import insert_of, row_of

_MOST_ROWS = 500
_MOST_LETTERS = 400_000
_RUNS = 8
"""In one run of so many the columns that have a default are left out."""

_MISSES = 12
"""After so many rows in a row that could not be made, or were refused, a table is as full as it gets."""

_PLAIN_ROWS = 50
_SINGLE_ROWS = 200


class Filling:
    """Fills one table. ``refuse`` says that the engine did not take the last statement.

    Statements of many rows come first; after a refusal those of fewer and
    plainer ones; after another one of single rows.
    """

    def __init__(
        self,
        plan_for: Callable[[bool], Plan],
        count: int,
        dialect: Dialect,
        pointed_at: Sequence[tuple[tuple[str, ...], Parents]],
        late: Callable[[Rows], Sequence[Later]],
    ) -> None:
        plan = plan_for(False)
        self.table: Table = plan.table
        self.reason = "no row was found that satisfies its checks and unique sets"
        self.taken = 0
        self._plan_for = plan_for
        self._count = count
        self._dialect = dialect
        self._pointed_at = pointed_at
        self._made = Rows(plan, count)
        self.late = late(self._made)
        self._level = 0
        self._refusals = 0
        self._may_leave_out = True
        self._leaves_out = False
        self._refused = False

    def refuse(self, reason: str) -> None:
        """Take note that the last statement was refused, and of what the engine said."""
        self._refused = True
        self.reason = reason

    def statements(self) -> Iterator[str]:
        """Yield the statements, one by one."""
        number = misses = 0
        batch: list[Row] = []
        while self._goes_on(number, misses):
            self._leaves_out = self._is_bare(number)
            row = self._made.make(number)
            number += 1
            misses = misses + 1 if row is None else 0
            if row is not None:
                batch.append(row)
                for columns, parents in self._pointed_at:
                    parents.add(tuple(row.get(name) for name in columns))
            if batch and self._is_full(batch, number, misses):
                yield self._statement(batch)
                self._settle(batch)
                batch = []

    def _goes_on(self, number: int, misses: int) -> bool:
        if misses >= _MISSES or self._refusals >= _MISSES or number >= 3 * self._count + 100:
            return False
        most = min(self._count, _SINGLE_ROWS) if self._level == 2 else self._count
        return self.taken < most

    def _run(self) -> int:
        if self._level:
            return _PLAIN_ROWS if self._level == 1 else 1
        return max(1, min(_MOST_ROWS, self._count // _RUNS))

    def _is_bare(self, number: int) -> bool:
        """Tell whether the row leaves out the columns that have a default."""
        if self._level == 2:
            return number % 2 == 0
        return self._may_leave_out and (self._level == 1 or number // self._run() % _RUNS == _RUNS // 2)

    def _is_full(self, batch: Sequence[Row], number: int, misses: int) -> bool:
        last = self.taken + len(batch) >= self._count or misses >= _MISSES
        return last or number % self._run() == 0 or len(batch) >= _MOST_ROWS

    def _statement(self, batch: Sequence[Row]) -> str:
        left_out = self._made.plan.spare if self._leaves_out else frozenset[str]()
        columns = [name for name in batch[0] if name not in left_out]
        rows = [row_of(row, columns, self._dialect) for row in batch]
        return insert_of(self.table, columns, rows, self._dialect)

    def _settle(self, batch: list[Row]) -> None:
        """Keep the rows of a statement that was taken; take back those of one that was refused."""
        if not self._refused:
            self.taken += len(batch)
            self._refusals = 0
            for each in self.late:
                each.keep(batch)
            return
        self._refused = False
        for row in batch:
            self._made.forget(row)
        for columns, parents in self._pointed_at:
            parents.drop(sum(None not in [row.get(name) for name in columns] for row in batch))
        if self._leaves_out and not self._level:
            self._may_leave_out = False  # what is wrong may be the defaults
            return
        if self._level == 2:
            self._refusals += 1
        else:
            self._level += 1
            self._made.plan = self._plan_for(True)
