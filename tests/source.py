"""The project's own source, read as text and as syntax trees: nothing of it is imported."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("inventory", "audits", "exports", "tui")


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file of the four packages."""

    path: str
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """The package it belongs to."""
        return self.path.split("/", 1)[0]

    def at(self, node: ast.stmt | ast.expr | ast.ExceptHandler) -> str:
        """Say where `node` stands, in the form editors open."""
        return f"{self.path}:{node.lineno}"


def parsed(path: str, text: str) -> Module:
    """Return `text` as the module at `path`."""
    return Module(path, text, ast.parse(text, path))


@cache
def modules() -> tuple[Module, ...]:
    """Return every module of the four packages."""
    paths = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    return tuple(
        parsed(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
        for path in paths
    )


def tracked_files() -> list[Path]:
    """Return every file that belongs to the project and is there.

    Raises `OSError` or `CalledProcessError` where git cannot answer.
    """
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    named = (ROOT / name for name in listing.decode().split("\0") if name)
    return [path for path in named if path.is_file()]


def imports(module: Module) -> Iterator[tuple[ast.stmt, str]]:
    """Yield each import of `module`, wherever it stands, with the full name it asks for."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = module.path.removesuffix(".py").split("/")[: -node.level or None]
            parts = [*(package if node.level else []), *filter(None, [node.module])]
            yield from ((node, ".".join([*parts, alias.name])) for alias in node.names)


def called_name(call: ast.Call) -> str:
    """Return the last name of what is called: `add_row` for `self.table.add_row(...)`."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def docstrings(tree: ast.Module) -> set[int]:
    """Return the ids of the constants that are docstrings."""
    return {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
