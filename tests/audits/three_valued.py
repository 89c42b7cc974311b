"""A slow twin of the rule expressions: Kleene's three-valued logic, compiled to Python functions.

It knows nothing of SQL engines; where it and the engine differ, one of them is wrong.
"""

import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

Value = Any
Row = Mapping[str, Value]
Reading = Callable[[Row], Value]

_TOKEN = re.compile(
    r"\s*(<>|<=|>=|[=<>(),-]|:[a-z_]+|'[^']*'|\d+|[A-Za-z_][A-Za-z0-9_]*)", re.DOTALL
)
_COMPARE = {
    "<>": operator.ne,
    "<=": operator.le,
    ">=": operator.ge,
    "=": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
}


def compiled(text: str) -> Callable[[Row], bool | None]:
    """Return the function of a whole expression; names that a row lacks are unknown."""
    parser = _Parser(_TOKEN.findall(text))
    assert "".join(parser.tokens) == re.sub(r"\s+", "", text), text
    reading = parser.alternatives()
    assert not parser.tokens, parser.tokens
    return lambda row: _truth(reading(row))


def _truth(value: Value) -> bool | None:
    return None if value is None else bool(value)


class _Parser:
    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens

    def _take(self, wanted: str) -> bool:
        if self.tokens and self.tokens[0].upper() == wanted:
            self.tokens.pop(0)
            return True
        return False

    def alternatives(self) -> Reading:
        readings = [self._conjunction()]
        while self._take("OR"):
            readings.append(self._conjunction())
        return readings[0] if len(readings) == 1 else _settled_by(True, readings)

    def _conjunction(self) -> Reading:
        readings = [self._negation()]
        while self._take("AND"):
            readings.append(self._negation())
        return readings[0] if len(readings) == 1 else _settled_by(False, readings)

    def _negation(self) -> Reading:
        if not self._take("NOT"):
            return self._comparison()
        inner = self._negation()
        return lambda row: None if (value := _truth(inner(row))) is None else not value

    def _comparison(self) -> Reading:
        left = self._difference()
        if self._take("IS"):
            negated = self._take("NOT")
            assert self._take("NULL")
            return lambda row: (left(row) is None) != negated
        negated = self._take("NOT")
        if self._take("IN"):
            return _membership(left, self._listed(), negated)
        for sign, compare in _COMPARE.items():
            if self._take(sign):
                return _known(compare, left, self._difference())
        return left

    def _listed(self) -> list[Reading]:
        assert self._take("(")
        listed = [self._difference()]
        while self._take(","):
            listed.append(self._difference())
        assert self._take(")")
        return listed

    def _difference(self) -> Reading:
        result = self._atom()
        while self._take("-"):
            result = _known(operator.sub, result, self._atom())
        return result

    def _atom(self) -> Reading:
        if self._take("("):
            inner = self.alternatives()
            assert self._take(")")
            return inner
        token = self.tokens.pop(0)
        if token.startswith("'") or token.isdigit():
            value: Value = int(token) if token.isdigit() else token[1:-1]
            return lambda _row: value
        if token == "coalesce":
            listed = self._listed()
            return lambda row: next((v for r in listed if (v := r(row)) is not None), None)
        name = token.removeprefix(":")
        return lambda row: row.get(name)


def _settled_by(decisive: bool, readings: list[Reading]) -> Reading:
    def settle(row: Row) -> bool | None:
        result: bool | None = not decisive
        for reading in readings:
            value = _truth(reading(row))
            if value is decisive:
                return decisive
            if value is None:
                result = None
        return result

    return settle


def _membership(left: Reading, listed: list[Reading], negated: bool) -> Reading:
    def member(row: Row) -> bool | None:
        value, values = left(row), [reading(row) for reading in listed]
        if value is None or (value not in values and None in values):
            return None
        return (value in values) != negated

    return member


def _known(compute: Callable[[Value, Value], Value], left: Reading, right: Reading) -> Reading:
    def computed(row: Row) -> Value:
        one, other = left(row), right(row)
        return None if one is None or other is None else compute(one, other)

    return computed
