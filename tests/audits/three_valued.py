"""A slow twin of the rule expressions: Kleene's three-valued logic, read and evaluated in Python.

It knows nothing of SQL engines; where it and the engine differ, one of them is wrong.
"""

import re
from collections.abc import Mapping

Value = int | str | None
_TOKEN = re.compile(
    r"\s*(<>|<=|>=|[=<>(),-]|:[a-z_]+|'[^']*'|\d+|[A-Za-z_][A-Za-z0-9_]*)", re.DOTALL
)


class Twin:
    """Evaluates one expression; facts and parameters that are not given are unknown."""

    def __init__(self, text: str, values: Mapping[str, Value]) -> None:
        self._tokens = _TOKEN.findall(text)
        assert "".join(self._tokens) == re.sub(r"\s+", "", text), text
        self._place = 0
        self._values = values

    def value(self) -> bool | None:
        """Return what the whole expression comes to."""
        result = self._or()
        assert self._place == len(self._tokens), self._tokens[self._place :]
        return truth(result)

    def _peek(self) -> str:
        return self._tokens[self._place] if self._place < len(self._tokens) else ""

    def _take(self, *wanted: str) -> bool:
        if self._peek().upper() in wanted:
            self._place += 1
            return True
        return False

    def _or(self) -> Value:
        result = self._and()
        while self._take("OR"):
            one, other = truth(result), truth(self._and())
            result = 1 if True in (one, other) else None if None in (one, other) else 0
        return result

    def _and(self) -> Value:
        result = self._not()
        while self._take("AND"):
            one, other = truth(result), truth(self._not())
            result = 0 if False in (one, other) else None if None in (one, other) else 1
        return result

    def _not(self) -> Value:
        if self._take("NOT"):
            inner = truth(self._not())
            return None if inner is None else int(not inner)
        return self._comparison()

    def _comparison(self) -> Value:
        left = self._sum()
        if self._take("IS"):
            negated = self._take("NOT")
            assert self._take("NULL")
            return int((left is None) != negated)
        negated = self._take("NOT")
        if self._take("IN"):
            listed = self._list()
            if left is None:
                return None
            found = left in listed
            if not found and None in listed:
                return None
            return int(found != negated)
        for sign, compare in _COMPARE.items():
            if self._take(sign):
                right = self._sum()
                if left is None or right is None:
                    return None
                return int(compare(left, right))
        return left

    def _list(self) -> list[Value]:
        assert self._take("(")
        listed = [self._sum()]
        while self._take(","):
            listed.append(self._sum())
        assert self._take(")")
        return listed

    def _sum(self) -> Value:
        result = self._atom()
        while self._take("-"):
            other = self._atom()
            known = isinstance(result, int) and isinstance(other, int)
            result = result - other if known else None  # type: ignore[operator]
        return result

    def _atom(self) -> Value:
        if self._take("("):
            inner = self._or()
            assert self._take(")")
            return inner
        token = self._peek()
        self._place += 1
        if token.startswith("'"):
            return token[1:-1]
        if token.isdigit():
            return int(token)
        if token == "coalesce":
            return next((value for value in self._list() if value is not None), None)
        return self._values.get(token.removeprefix(":"))


_COMPARE = {
    "<>": lambda one, other: one != other,
    "<=": lambda one, other: one <= other,
    ">=": lambda one, other: one >= other,
    "=": lambda one, other: one == other,
    "<": lambda one, other: one < other,
    ">": lambda one, other: one > other,
}


def truth(value: Value) -> bool | None:
    """Return the truth of a value: numbers but 0 are true, what is not known stays so."""
    return None if value is None else bool(value)
