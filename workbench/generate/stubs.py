"""Python code as an exercise shows it: the stub of a solution, and code in the fences of Markdown."""

from __future__ import annotations

import ast
import re

from workbench.errors import GenerateError


def stub_of(solution: str, raw: str = "") -> str:
    """The functions and classes of a solution with signatures and docstrings, without bodies.

    Raises `GenerateError` (with `raw`) for code that is no Python or defines neither.
    """
    try:
        return _stub(ast.parse(solution), raw)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as exc:
        raise GenerateError("the solution of the model is no Python code", raw=raw) from exc


def _stub(tree: ast.Module, raw: str) -> str:
    kept = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    if not kept:
        raise GenerateError("the solution of the model defines no function and no class", raw=raw)
    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    return "\n\n".join(ast.unparse(_emptied(node)) for node in (*imports, *kept))


def _emptied(node: ast.stmt) -> ast.stmt:
    if isinstance(node, ast.ClassDef):
        kept = [_emptied(one) for one in node.body if isinstance(one, ast.FunctionDef | ast.AnnAssign | ast.Expr)]
        node.body = kept or [ast.Expr(ast.Constant(...))]
    elif isinstance(node, ast.FunctionDef):
        doc = node.body[:1] if ast.get_docstring(node) is not None else []
        node.body = [*doc, ast.Expr(ast.Constant(...))]
    return node


def unfenced(code: str) -> str:
    """Code without the fence that a model may put around it."""
    fence = re.fullmatch(r"```(?:python|py)?[ \t]*\n(.*?)\n?```", code, re.DOTALL)
    return (fence[1] if fence else code).strip("\n")


def fenced(code: str) -> str:
    """Code as a block of Markdown."""
    return f"```python\n{code}\n```"
