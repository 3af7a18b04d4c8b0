"""The strings of Python code."""

import ast
from collections.abc import Iterator

from tests.istilah.texts import GAP, Text, is_indonesian


def python_texts(source: str, place: str) -> Iterator[Text]:
    """The Indonesian strings of a module; an f-string is one text, with gaps."""
    for line, text in python_strings(source):
        if is_indonesian(text):
            yield Text(f"{place}:{line}", text)


def python_strings(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of every string of a module that is no docstring."""
    return _strings(ast.parse(source))


def _strings(node: ast.AST) -> Iterator[tuple[int, str]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.JoinedStr):
            yield child.lineno, _joined(child)
            for value in child.values:
                yield from () if isinstance(value, ast.Constant) else _strings(value)
        elif isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child.lineno, child.value
        elif not _is_word_list(child) and not _is_docstring(child):
            yield from _strings(child)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_word_list(node: ast.AST) -> bool:
    """``"a b c".split()`` and ``words("a b c")`` are words that the program looks for, not what it says."""
    match node:
        case ast.Call(func=ast.Name(id="words")):
            return True
        case ast.Call(func=ast.Attribute(attr="split", value=ast.Constant())):
            return True
    return False


def _joined(node: ast.JoinedStr) -> str:
    return "".join(str(part.value) if isinstance(part, ast.Constant) else GAP for part in node.values)
