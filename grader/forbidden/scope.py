"""What a name stands for in a student's text: a module of another library, or something of theirs.

Good enough for finding, and no more: a name that is bound twice stands for its last binding, and
inside a function all bindings hold from its first line to its last.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Sequence
from typing import Final

_IMPORTERS: Final = frozenset({"builtins.__import__", "importlib.import_module"})
_MAX_DEPTH: Final = 20
"""How many aliases of aliases are followed."""


class Scope:
    """Names and what they are bound to, below those of an outer scope.

    Args:
        outer: Where names are looked up that are not bound here.
    """

    def __init__(self, outer: Scope | None = None) -> None:
        self._outer = outer
        self._paths: dict[str, list[tuple[str, int]]] = {}
        self._units: dict[str, list[ast.AST]] = {}
        self._stars: list[tuple[str, int]] = []
        self._methods: set[str] = set()
        self._hidden: set[str] = set()

    def bind(self, name: str, unit: ast.AST, *, is_certain: bool = True) -> None:
        """Bind a name to something of the student's own."""
        if is_certain:
            self._paths.pop(name, None)
            self._units[name] = [unit]
        else:
            self._units.setdefault(name, []).append(unit)

    def hide(self, name: str) -> None:
        """Bind a name to something that nobody knows, a parameter."""
        self._hidden.add(name)

    def bind_import(self, node: ast.Import | ast.ImportFrom) -> None:
        """Bind what an import statement binds."""
        for alias in node.names:
            if isinstance(node, ast.Import):
                name = alias.asname or alias.name.partition(".")[0]
                path = alias.name if alias.asname else name
            elif alias.name == "*":
                self._stars.append((node.module or "", node.lineno))
                continue
            else:
                name, path = alias.asname or alias.name, f"{node.module}.{alias.name}"
            self._units.pop(name, None)
            self._paths[name] = [(path, node.lineno)]

    def add_methods(self, node: ast.ClassDef) -> None:
        """Note the methods of a class of the student's own."""
        self._methods.update(
            part.name
            for part in node.body
            if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)
        )

    def imported(self, name: str) -> list[tuple[str, int]]:
        """The dotted paths under which a name was imported, with the line."""
        if name in self._paths:
            return self._paths[name]
        if name in self._units or name in self._hidden:
            return []
        if self._outer is not None:
            return self._outer.imported(name)
        return [(f"{module}.{name}", line) for module, line in self._stars]

    def units(self, name: str) -> list[ast.AST]:
        """What of the student's own a name is bound to."""
        if name in self._units or name in self._paths or name in self._hidden or not self._outer:
            return self._units.get(name, [])
        return self._outer.units(name)

    def leads_out(self, name: str) -> bool:
        """Whether a name used here is the module's own."""
        is_local = name in self._units or name in self._paths or name in self._hidden
        return self._outer is not None and not is_local and bool(self._outer.units(name))

    def defines_method(self, word: str) -> bool:
        """Whether a class of the student's own has such a method."""
        return word in self._methods or (
            self._outer is not None and self._outer.defines_method(word)
        )

    def paths(self, node: ast.AST, depth: int = 0) -> set[str]:
        """The dotted paths that an expression may name: {"torch.nn.functional.softmax"}."""
        trail: list[str] = []
        while True:
            match node:
                case ast.Attribute(value, attr):
                    trail.append(attr)
                    node = value
                case ast.NamedExpr(_, value):
                    node = value
                case ast.Call(ast.Name("getattr"), [value, name, *_]) if literal(name):
                    trail.append(literal(name) or "")
                    node = value
                case ast.Subscript(ast.Call(ast.Name("vars"), [value]), key) | ast.Subscript(
                    ast.Attribute(value, "__dict__"), key
                ) if literal(key):
                    trail.append(literal(key) or "")
                    node = value
                case _:
                    break
        tail = "".join(f".{word}" for word in reversed(trail))
        return {base + tail for base in self._bases(node, depth)}

    def _bases(self, node: ast.AST, depth: int) -> set[str]:
        match node:
            case ast.Name(name):
                found = {path for path, _ in self.imported(name)}
                if depth < _MAX_DEPTH:
                    for unit in self.units(name):
                        if isinstance(unit, ast.expr):
                            found |= self.paths(unit, depth + 1)
                if not found and hasattr(builtins, name) and not self.units(name):
                    found = {f"builtins.{name}"}
                return found
            case ast.Call(importer, [name, *_]) if depth < _MAX_DEPTH:
                module = literal(name)
                if module and self.paths(importer, depth + 1) & _IMPORTERS:
                    is_root = isinstance(importer, ast.Name) and importer.id == "__import__"
                    return {module.partition(".")[0] if is_root else module}
            case ast.Subscript(value, key) if depth < _MAX_DEPTH:
                module = literal(key)
                if module and "sys.modules" in self.paths(value, depth + 1):
                    return {module}
        return set()


def module_scope(trees: Iterable[ast.Module]) -> Scope:
    """The names of a student's module, from all its pieces in order."""
    scope = Scope()
    for tree in trees:
        _bind_statements(tree.body, scope)
    return scope


def local_scope(unit: ast.AST, module: Scope) -> Scope:
    """The names inside a definition, those of nested ones among them."""
    scope = Scope(module)
    shared: set[str] = set()
    for node in ast.walk(unit):
        match node:
            case ast.Import() | ast.ImportFrom():
                scope.bind_import(node)
            case ast.arg(name):
                scope.hide(name)
            case ast.Global(names) | ast.Nonlocal(names):
                shared.update(names)
            case ast.Assign() | ast.AnnAssign() | ast.NamedExpr() if node is not unit:
                if node.value is not None:
                    for name in _targets(node):
                        scope.bind(name, node.value, is_certain=False)
            case ast.FunctionDef(name) | ast.ClassDef(name) if node is not unit:
                scope.bind(name, node, is_certain=False)
    return scope


def literal(node: ast.AST) -> str | None:
    """The text of a literal, pieces put together with `+` among them."""
    parts: list[str] = []
    waiting = [node]
    while waiting:
        match waiting.pop():
            case ast.Constant(str() as text):
                parts.append(text)
            case ast.BinOp(left, ast.Add(), right):
                waiting += [right, left]
            case _:
                return None
    return "".join(parts)


def _bind_statements(statements: Sequence[ast.stmt], scope: Scope) -> None:
    """Bind what top-level statements bind, in order; what stands under a condition may."""
    waiting = [(statement, True) for statement in reversed(statements)]
    while waiting:
        statement, is_certain = waiting.pop()
        match statement:
            case ast.FunctionDef(name) | ast.AsyncFunctionDef(name):
                scope.bind(name, statement, is_certain=is_certain)
            case ast.ClassDef(name):
                scope.bind(name, statement, is_certain=is_certain)
                scope.add_methods(statement)
            case ast.Import() | ast.ImportFrom():
                scope.bind_import(statement)
            case ast.Assign() | ast.AnnAssign() | ast.AugAssign():
                if statement.value is not None:
                    for name in _targets(statement):
                        scope.bind(name, statement.value, is_certain=is_certain)
            case _:
                inner = list(ast.iter_child_nodes(statement))
                inner += [p for h in inner if isinstance(h, ast.ExceptHandler) for p in h.body]
                waiting += [(p, False) for p in reversed(inner) if isinstance(p, ast.stmt)]


def _targets(node: ast.Assign | ast.AnnAssign | ast.AugAssign | ast.NamedExpr) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    parts = [part for each in targets for part in ast.walk(each)]
    return [part.id for part in parts if isinstance(part, ast.Name)]
