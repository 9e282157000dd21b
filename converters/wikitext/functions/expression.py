"""Arithmetic of ``#expr`` and ``#ifexpr``: numbers, operators, nothing else.

Operators and precedence: https://www.mediawiki.org/wiki/Help:Extension:ParserFunctions##expr; numbers are PHP's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

Number = int | float

TOKEN = re.compile(r"([0-9.]+)|([A-Za-z]+)|(<=|>=|<>|!=|[-+*/^()=<>])|[ \t\r\n]+|(.)", re.S)
# "1.2.3" is 1.2, as in PHP.
DECIMAL = re.compile(r"\d*(?:\.\d*)?")
SPELLINGS = {"&lt;": "<", "&gt;": ">", "&minus;": "-", "−": "-"}
# ExprParser::MAX_STACK_SIZE.
STACK_LIMIT = 100
# PHP's ini setting "precision", and the digits beyond which a double has none to round.
PRECISION = 14
DOUBLE_DIGITS = 1e15
ROUNDING = Context(prec=60)


class ExpressionError(ValueError):
    """``kind`` is MediaWiki's message (``pfunc_expr_…``), ``about`` what it names."""

    def __init__(self, kind: str, about: str = "") -> None:
        super().__init__(f"{kind} {about}".strip())
        self.kind, self.about = kind, about


@dataclass(frozen=True, slots=True)
class Operator:
    """``arity`` is the number of operands; a higher ``precedence`` binds more tightly."""

    name: str
    precedence: int
    arity: int
    compute: Callable[..., Number]


def _integer(value: Number) -> int:
    """PHP's cast to a 64-bit integer."""
    if isinstance(value, float) and not math.isfinite(value):
        return 0
    return (int(value) + 2**63) % 2**64 - 2**63


def _php(function: Callable[..., float]) -> Callable[..., float]:
    """A function of :mod:`math` that answers INF and NAN where Python raises."""

    def compute(*operands: Number) -> float:
        try:
            return function(*operands)
        except OverflowError:
            return math.inf
        except ValueError:
            return math.nan

    return compute


def _divide(left: Number, right: Number) -> float:
    if not right:
        raise ExpressionError("division_by_zero", "/")
    return left / right


def _modulo(left: Number, right: Number) -> int:
    divisor = _integer(right)
    if not divisor:
        raise ExpressionError("division_by_zero", "mod")
    dividend = _integer(left)
    return int(math.copysign(1, dividend)) * (abs(dividend) % abs(divisor))


def _float_modulo(left: Number, right: Number) -> float:
    if not right:
        raise ExpressionError("division_by_zero", "fmod")
    return _php(math.fmod)(left, right)


def _power(left: Number, right: Number) -> float:
    if not left and right < 0:
        return math.inf
    return _php(math.pow)(left, right)


def _round(value: Number, digits: Number) -> float:
    """Half away from zero, as PHP's ``round`` does on the decimal digits that one sees."""
    places = _integer(digits)
    if not math.isfinite(value) or (places >= 0 and abs(value) >= DOUBLE_DIGITS) or places > PRECISION * 2:
        return float(value)
    if places < 0:
        unit = _power(10, -places)
        return math.copysign(math.floor(abs(value) / unit + 0.5) * unit, value) if math.isfinite(unit) else 0.0
    unit_of = Decimal(1).scaleb(-places)
    return float(Decimal(repr(float(value))).quantize(unit_of, ROUND_HALF_UP, ROUNDING))


def _whole(function: Callable[[float], int]) -> Callable[[Number], float]:
    return lambda value: float(function(value)) if math.isfinite(value) else value


def _inverse(name: str, function: Callable[[float], float]) -> Callable[[Number], float]:
    def compute(value: Number) -> float:
        if abs(value) > 1:
            raise ExpressionError("invalid_argument", name)
        return function(value)

    return compute


def _logarithm(value: Number) -> float:
    if value <= 0:
        raise ExpressionError("invalid_argument_ln", "ln")
    return math.log(value)


def _root(value: Number) -> float:
    if value < 0:
        raise ExpressionError("not_a_number", "sqrt")
    return math.sqrt(value)


def _sum(left: Number, right: Number) -> Number:
    return left + right


UNARY = (
    Operator("not", 9, 1, lambda value: int(not value)),
    Operator("sin", 9, 1, _php(math.sin)),
    Operator("cos", 9, 1, _php(math.cos)),
    Operator("tan", 9, 1, _php(math.tan)),
    Operator("asin", 9, 1, _inverse("asin", math.asin)),
    Operator("acos", 9, 1, _inverse("acos", math.acos)),
    Operator("atan", 9, 1, math.atan),
    Operator("exp", 9, 1, _php(math.exp)),
    Operator("ln", 9, 1, _logarithm),
    Operator("abs", 9, 1, abs),
    Operator("floor", 9, 1, _whole(math.floor)),
    Operator("ceil", 9, 1, _whole(math.ceil)),
    Operator("trunc", 9, 1, _integer),
    Operator("sqrt", 9, 1, _root),
)
BINARY = (
    Operator("e", 10, 2, lambda left, right: left * _power(10, right)),
    Operator("^", 8, 2, _power),
    Operator("*", 7, 2, lambda left, right: float(left) * right),
    Operator("/", 7, 2, _divide),
    Operator("div", 7, 2, _divide),
    Operator("mod", 7, 2, _modulo),
    Operator("fmod", 7, 2, _float_modulo),
    Operator("+", 6, 2, _sum),
    Operator("-", 6, 2, lambda left, right: left - right),
    Operator("round", 5, 2, _round),
    Operator("=", 4, 2, lambda left, right: int(left == right)),
    Operator("<>", 4, 2, lambda left, right: int(left != right)),
    Operator("!=", 4, 2, lambda left, right: int(left != right)),
    Operator("<", 4, 2, lambda left, right: int(left < right)),
    Operator(">", 4, 2, lambda left, right: int(left > right)),
    Operator("<=", 4, 2, lambda left, right: int(left <= right)),
    Operator(">=", 4, 2, lambda left, right: int(left >= right)),
    Operator("and", 3, 2, lambda left, right: int(bool(left and right))),
    Operator("or", 2, 2, lambda left, right: int(bool(left or right))),
)
SIGNS = {"-": Operator("-", 10, 1, lambda value: -value), "+": Operator("+", 10, 1, lambda value: value)}
BRACKET = Operator("(", -1, 0, lambda: 0)
PREFIXES = {operator.name: operator for operator in UNARY}
INFIXES = {operator.name: operator for operator in BINARY}
CONSTANTS = {"e": math.e, "pi": math.pi}


def evaluate(expression: str) -> str:
    """The result as PHP writes it, several on lines of their own, nothing of nothing. Raises ExpressionError."""
    for spelling, sign in SPELLINGS.items():
        expression = expression.replace(spelling, sign)
    calculation = _Calculation()
    for token in TOKEN.finditer(expression):
        calculation.take(token)
    return "<br />\n".join(map(_written, calculation.finish()))


class _Calculation:
    """Operands, and the operators that wait for theirs: no recursion, however deep the brackets."""

    def __init__(self) -> None:
        self.operands: list[Number] = []
        self.operators: list[Operator] = []
        self.wants_operand = True

    def take(self, token: re.Match[str]) -> None:
        if max(len(self.operands), len(self.operators)) > STACK_LIMIT:
            raise ExpressionError("stack_exhausted")
        number, word, sign, other = token.groups()
        if number:
            found = DECIMAL.match(number)
            self._operand(float(found[0]) if found and found[0] not in ("", ".") else 0.0)
        elif word:
            self._word(word.lower())
        elif sign:
            self._sign(sign)
        elif other:
            raise ExpressionError("unrecognised_punctuation", other)

    def finish(self) -> list[Number]:
        while self.operators:
            if self.operators[-1] is BRACKET:
                raise ExpressionError("unclosed_bracket")
            self._compute()
        return self.operands

    def _operand(self, value: float) -> None:
        if not self.wants_operand:
            raise ExpressionError("unexpected_number")
        self.operands.append(value)
        self.wants_operand = False

    def _word(self, word: str) -> None:
        if word in CONSTANTS and (self.wants_operand or word not in INFIXES):
            self._operand(CONSTANTS[word])
        elif word in PREFIXES:
            self._prefix(PREFIXES[word])
        elif word in INFIXES:
            self._infix(INFIXES[word])
        else:
            raise ExpressionError("unrecognised_word", word)

    def _sign(self, sign: str) -> None:
        if sign == "(":
            self._prefix(BRACKET)
        elif sign == ")":
            self._close()
        elif self.wants_operand and sign in SIGNS:
            self._prefix(SIGNS[sign])
        else:
            self._infix(INFIXES[sign])

    def _prefix(self, operator: Operator) -> None:
        if not self.wants_operand:
            raise ExpressionError("unexpected_operator", operator.name)
        self.operators.append(operator)

    def _infix(self, operator: Operator) -> None:
        if self.wants_operand:
            raise ExpressionError("unexpected_operator", operator.name)
        while self.operators and operator.precedence <= self.operators[-1].precedence:
            self._compute()
        self.operators.append(operator)
        self.wants_operand = True

    def _close(self) -> None:
        while self.operators and self.operators[-1] is not BRACKET:
            self._compute()
        if not self.operators:
            raise ExpressionError("unexpected_closing_bracket")
        self.operators.pop()
        self.wants_operand = False

    def _compute(self) -> None:
        operator = self.operators.pop()
        if len(self.operands) < operator.arity:
            raise ExpressionError("missing_operand", operator.name)
        operands = self.operands[-operator.arity :]
        self.operands[-operator.arity :] = [operator.compute(*operands)]


def _written(value: Number) -> str:
    """As PHP turns a number into a string: 14 digits, ``1.0E+25``."""
    if isinstance(value, int):
        return str(value)
    if not math.isfinite(value):
        return "NAN" if math.isnan(value) else "INF" if value > 0 else "-INF"
    mantissa, exponent_mark, exponent = f"{value:.{PRECISION}G}".partition("E")
    if not exponent_mark:
        return mantissa
    return f"{mantissa if '.' in mantissa else mantissa + '.0'}E{int(exponent):+d}"
