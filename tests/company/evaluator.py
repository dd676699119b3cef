"""Evaluates the expressions of explanations in Python's decimals, from the operands they name."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cache
from typing import Any

Value = Decimal | bool | None
Lookup = Callable[[str], Value]

_OPERATORS: dict[type[ast.AST], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
}


def _round(value: Decimal, places: Decimal) -> Decimal:
    with localcontext(prec=80):
        return value.quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP)


_FUNCTIONS: dict[str, Callable[..., Decimal]] = {
    "round": _round,
    "greatest": lambda *values: max(values),
    "coalesce": lambda *values: next(value for value in values if value is not None),
}


@cache
def _parse(expression: str) -> ast.expr:
    # The one piece of SQL that is not Python's grammar.
    python = re.sub(r"(\w+) is null", r"\1 is None", expression)
    return ast.parse(python, mode="eval").body


def evaluate(expression: str, lookup: Lookup) -> Value:
    """The value of an expression; `lookup` gives that of an operand. Nothing else is understood."""

    def walk(node: ast.expr) -> Any:
        match node:
            case ast.Constant(value=None):
                return None
            case ast.Constant(value=int() as number):
                return Decimal(number)
            case ast.Name(id=name):
                return lookup(name)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -walk(operand)
            case ast.BinOp(left=left, op=op, right=right):
                return _OPERATORS[type(op)](walk(left), walk(right))
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
                return _FUNCTIONS[name](*map(walk, arguments))
            case ast.Compare(left=left, ops=[ast.Is()], comparators=[ast.Constant(value=None)]):
                return walk(left) is None
            case _:
                raise ValueError(f"cannot evaluate {ast.dump(node)}")

    value: Value = walk(_parse(expression))
    return value


def from_the_ground(nodes: Mapping[str, Mapping[str, Any]]) -> Lookup:
    """Values computed from leaves only: submissions, valuations, rates, signs and units."""
    known: dict[str, Value] = {}

    def lookup(name: str) -> Value:
        if name not in known:
            node = nodes[name]
            if node["expression"] is None:
                known[name] = node["value"]
            elif node["value"] is None:
                known[name] = None  # why is another test's matter
            else:
                known[name] = evaluate(node["expression"], lookup)
        return known[name]

    return lookup
