"""What can go wrong at one node of a syntax tree: the ordinary slips of someone who writes tensors.

Each rule takes a node and gives what could stand in its place. The node itself is never changed;
`grader.verify.mutants` decides where the rules apply and turns what they give into files.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeVar

import msgspec

_Node = TypeVar("_Node", bound=ast.AST)

_OPERATORS: Final[Mapping[type[ast.AST], tuple[Callable[[], ast.AST], ...]]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
    ast.BitXor: (ast.BitAnd,),
    ast.LShift: (ast.RShift,),
    ast.RShift: (ast.LShift,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
    # Of each comparison its two neighbours and its opposite (after Kaminski, Ammann and Offutt,
    # "Improving logic-based testing", 2013).
    ast.Lt: (ast.LtE, ast.GtE, ast.NotEq),
    ast.LtE: (ast.Lt, ast.Gt, ast.Eq),
    ast.Gt: (ast.GtE, ast.LtE, ast.NotEq),
    ast.GtE: (ast.Gt, ast.Lt, ast.Eq),
    ast.Eq: (ast.NotEq, ast.LtE, ast.GtE),
    ast.NotEq: (ast.Eq, ast.Lt, ast.Gt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
"""What stands in for each operator."""


def _both_ways(*pairs: tuple[str, str]) -> dict[str, str]:
    return dict(pairs) | {second: first for first, second in pairs}


_TWINS: Final = _both_ways(
    ("min", "max"),
    ("amin", "amax"),
    ("argmin", "argmax"),
    ("minimum", "maximum"),
    ("clamp_min", "clamp_max"),
    ("floor", "ceil"),
    ("sum", "mean"),
    ("std", "var"),
    ("any", "all"),
    ("zeros", "ones"),
    ("zeros_like", "ones_like"),
    ("triu", "tril"),
    ("sin", "cos"),
    ("no_grad", "enable_grad"),
    ("train", "eval"),
    ("float32", "float64"),
    ("int32", "int64"),
)
"""Attributes that are taken for one another, and that both exist."""
_BUILT_IN_TWINS: Final = _both_ways(("min", "max"), ("any", "all"))

_DIMENSIONS: Final = frozenset({"dim", "axis", "dims"})
_SYMMETRIC: Final = frozenset(
    {"add", "allclose", "dot", "equal", "max", "maximum", "min", "minimum", "mul"}
)
"""Functions that do not mind the order of their arguments."""
_INDISPENSABLE: Final = frozenset({"enumerate", "isinstance", "range", "super", "zip"})
"""Functions whose argument never passes for their result."""


class Setting(msgspec.Struct, frozen=True):
    """What surrounds a node.

    Attributes:
        parent: The node that holds it.
        imported: The names that imports bind; `torch.exp` is no method of `torch`.
        bound: The names that hold something before the node's line is reached.
    """

    parent: ast.AST
    imported: frozenset[str]
    bound: frozenset[str]


def mutations(node: ast.AST, setting: Setting) -> Iterator[ast.AST]:
    """What could stand in this node's place, the likeliest slips first.

    Args:
        node: An expression or a statement.
        setting: What surrounds it.
    """
    parent = setting.parent
    if isinstance(parent, ast.If | ast.While | ast.IfExp) and node is parent.test:
        yield from _of_condition(parent.test)
    if isinstance(parent, ast.Return) and isinstance(node, ast.Tuple | ast.List):
        yield from (_changed(node, elts=elts) for elts in _neighbours_swapped(node.elts))
    match node:
        case ast.stmt():
            yield from _of_statement(node, setting)
        case ast.BinOp() | ast.BoolOp() | ast.Compare():
            yield from _of_operators(node)
        case ast.UnaryOp() | ast.Constant():
            yield from _of_value(node, parent)
        case ast.Call():
            yield from _of_call(node, setting)
        case ast.Attribute(ctx=ast.Load()):
            yield from _of_attribute(node)
        case ast.Slice():
            yield from _of_slice(node)


def _of_statement(node: ast.stmt, setting: Setting) -> Iterator[ast.AST]:
    match node:
        case ast.Expr(value=ast.Constant()):
            return  # a docstring
        case ast.AugAssign():
            yield from _of_operators(node)
            yield ast.Pass()
        case ast.Expr() | ast.Raise() | ast.Assert() | ast.Delete() | ast.Break() | ast.Continue():
            yield ast.Pass()
        case ast.Assign():
            stored = {n.id for n in _names(node.targets) if isinstance(n.ctx, ast.Store)}
            if stored <= setting.bound and not _is_one_call(node):
                yield ast.Pass()  # a name without a value would break whatever the suite asks


def _is_one_call(node: ast.Assign) -> bool:
    """Whether it is `x = x.double()`, which a dropped call undoes as well."""
    target, call = node.targets[0], node.value
    if not isinstance(target, ast.Name) or not isinstance(call, ast.Call):
        return False
    operands = [*call.args[:1], getattr(call.func, "value", None)]
    return any(isinstance(each, ast.Name) and each.id == target.id for each in operands)


def _of_condition(node: ast.expr) -> Iterator[ast.expr]:
    is_negation = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
    if not is_negation and not isinstance(node, ast.Compare | ast.Constant):
        yield ast.UnaryOp(op=ast.Not(), operand=node)


def _of_operators(node: ast.BinOp | ast.BoolOp | ast.AugAssign | ast.Compare) -> Iterator[ast.AST]:
    if not isinstance(node, ast.Compare):
        yield from (_changed(node, op=other()) for other in _OPERATORS[type(node.op)])
        return
    for index, operator in enumerate(node.ops):
        for other in _OPERATORS[type(operator)]:
            yield _changed(node, ops=_replaced(node.ops, index, other()))


def _of_value(node: ast.UnaryOp | ast.Constant, parent: ast.AST) -> Iterator[ast.expr]:
    match node:
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
            yield from map(_number, _other_numbers(-value))
        case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert()):
            yield node.operand
        case ast.Constant(value=bool() as value):
            yield _changed(node, value=not value)
        case ast.Constant(value=int() | float() as value) if not isinstance(parent, ast.UnaryOp):
            yield from map(_number, _other_numbers(value))


def _other_numbers(value: float) -> Iterator[float]:
    for other in (value + 1, value - 1, type(value)(0), -value):
        if other != value:
            yield other


def _number(value: float) -> ast.expr:
    return ast.parse(repr(value), mode="eval").body  # as Python reads it: -1 is an operation on 1


def _of_call(node: ast.Call, setting: Setting) -> Iterator[ast.AST]:
    name = _name_of(node.func)
    is_function = _is_function(node.func, setting)
    if name not in _INDISPENSABLE and not isinstance(setting.parent, ast.Expr):
        yield from _without_call(node, is_function)
    if isinstance(node.func, ast.Name) and name in _BUILT_IN_TWINS:
        yield _changed(node, func=_changed(node.func, id=_BUILT_IN_TWINS[name]))
    if len(node.args) > is_function and not isinstance(node.args[-1], ast.Starred):
        yield _changed(node, args=node.args[:-1])
    if name not in _SYMMETRIC:
        yield from (_changed(node, args=args) for args in _neighbours_swapped(node.args))
    if name == "range" and node.args and not isinstance(node.args[-1], ast.Constant):
        for end in _one_off(node.args[-1]):
            yield _changed(node, args=[*node.args[:-1], end])
    for index, keyword in enumerate(node.keywords):
        yield from (
            _changed(node, keywords=_replaced(node.keywords, index, *others))
            for others in _of_keyword(keyword)
        )


def _is_function(func: ast.expr, setting: Setting) -> bool:
    """Whether what it works on is its first argument: no method, or a layer, as `self.hidden`."""
    if isinstance(func, ast.Attribute):
        is_layer = isinstance(func.value, ast.Name) and func.value.id == "self"
        return is_layer or _root(func) in setting.imported
    return True


def _without_call(node: ast.Call, is_function: bool) -> Iterator[ast.AST]:
    if isinstance(node.func, ast.Attribute) and not is_function:
        yield node.func.value
    elif node.args and not isinstance(node.args[0], ast.Starred):
        yield node.args[0]


def _of_keyword(keyword: ast.keyword) -> Iterator[tuple[ast.keyword, ...]]:
    """What could stand in a keyword's place; nothing if it is dropped."""
    if keyword.arg is None:
        return
    yield ()
    if keyword.arg in _BUILT_IN_TWINS:
        yield (_changed(keyword, arg=_BUILT_IN_TWINS[keyword.arg]),)
    if keyword.arg in _DIMENSIONS and isinstance(keyword.value, ast.Name | ast.Attribute):
        yield from ((_changed(keyword, value=_number(dim)),) for dim in (0, -1))


def _of_attribute(node: ast.Attribute) -> Iterator[ast.expr]:
    if node.attr in _TWINS:
        yield _changed(node, attr=_TWINS[node.attr])
    if node.attr in {"T", "mT"}:
        yield node.value


def _of_slice(node: ast.Slice) -> Iterator[ast.AST]:
    for field in ("lower", "upper", "step"):
        bound = getattr(node, field)
        if bound is None:
            continue
        yield _changed(node, **{field: None})
        if isinstance(bound, ast.Name | ast.Attribute | ast.Call | ast.Subscript):
            yield from (_changed(node, **{field: other}) for other in _one_off(bound))


def _one_off(node: ast.expr) -> Iterator[ast.expr]:
    for operator in (ast.Add(), ast.Sub()):
        yield ast.BinOp(left=node, op=operator, right=ast.Constant(1))


def _neighbours_swapped(elements: list[ast.expr]) -> Iterator[list[ast.expr]]:
    for index in range(len(elements) - 1):
        pair = elements[index : index + 2]
        if not any(isinstance(element, ast.Starred) for element in pair):
            yield [*elements[:index], *reversed(pair), *elements[index + 2 :]]


def _replaced(elements: list[Any], index: int, *others: ast.AST) -> list[Any]:
    return [*elements[:index], *others, *elements[index + 1 :]]


def _changed(node: _Node, **fields: Any) -> _Node:
    other = copy.copy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return other


def _names(nodes: list[ast.expr]) -> Iterator[ast.Name]:
    for node in nodes:
        yield from (each for each in ast.walk(node) if isinstance(each, ast.Name))


def _name_of(func: ast.expr) -> str:
    """The last part of what is called: "exp" of `torch.exp`."""
    return func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")


def _root(node: ast.expr) -> str:
    """The first part of a dotted name: "torch" of `torch.exp`; "" of anything else."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
