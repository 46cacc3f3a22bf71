"""Finds text that Textual would read as markup: a `str` that may hold data, handed to a widget bare.

Literals and translated literals are ours; everything else has to be wrapped (`plain`, `Content`,
`Text`) or come with `markup=False`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

SINKS = {
    "Static": 0,
    "Label": 0,
    "Button": 0,
    "Checkbox": 0,
    "RadioButton": 0,
    "Option": 0,
    "Collapsible": None,
    "Tab": 0,
    "TabPane": 0,
    "notify": 0,
    "update": 0,
    "add_row": 0,
    "add_column": 0,
    "update_cell": 2,
    "add_leaf": 0,
    "add_option": 0,
}
"""Callables, and the place of the argument that is read as markup."""
ATTRIBUTES = {"border_title", "border_subtitle", "tooltip"}
SAFE_CALLS = {"plain", "Content", "styled", "assemble", "Text", "rstrip", "waiting_words", "join"}
"""Calls that return `Content` or `Text`."""
MAKERS = SAFE_CALLS - {"rstrip", "join"}


def offences(path: Path) -> Iterator[str]:
    """Yield `file:line` of every bare text in a module."""
    source = path.read_text(encoding="utf-8")
    if "textual" not in source:
        return
    tree = ast.parse(source)
    safe_names = _names_of_content(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in SINKS and not _literal_markup(node):
            place = SINKS[_name(node.func)]
            if place is not None and place < len(node.args) and not _is_safe(node.args[place], safe_names):
                yield f"{path.name}:{node.lineno}"
        if isinstance(node, ast.Assign):
            for target in node.targets:
                marked_up = isinstance(target, ast.Attribute) and target.attr in ATTRIBUTES
                if marked_up and not _is_safe(node.value, safe_names):
                    yield f"{path.name}:{node.lineno}"


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _literal_markup(call: ast.Call) -> bool:
    return any(
        keyword.arg == "markup" and isinstance(keyword.value, ast.Constant) and keyword.value.value is False
        for keyword in call.keywords
    )


def _is_safe(value: ast.expr, names: set[str]) -> bool:
    match value:
        case ast.Constant():
            return True
        case ast.Call(func=function):
            return _name(function) in SAFE_CALLS or _name(function) in names
        case ast.IfExp(body=body, orelse=orelse):
            return _is_safe(body, names) and _is_safe(orelse, names)
        case ast.Name(id=name):
            return name in names
        case ast.Attribute(attr=name):
            return name in names
    return False


def _names_of_content(tree: ast.Module) -> set[str]:
    """Return functions, arguments and variables of the module that are declared to be Content or Text."""
    names = set()
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name, returns=ast.expr() as returned) if _is_content(returned):
                names.add(name)
            case ast.arg(arg=name, annotation=ast.expr() as declared) if _is_content(declared):
                names.add(name)
            case ast.AnnAssign(target=target, annotation=declared) if _is_content(declared):
                names.add(_name(target))
            case ast.Assign(targets=targets, value=ast.Call(func=made)) if _name(made) in MAKERS:
                names |= {_name(target) for target in targets}
    return names


def _is_content(annotation: ast.expr) -> bool:
    return ast.unparse(annotation).split(" |")[0] in ("Content", "Text")
