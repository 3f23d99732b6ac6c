"""Which sentences our code can write for the reader of a report: found in its source, so that none is forgotten."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pharmcheck.model import captured

PACKAGE = Path(__file__).resolve().parents[2] / "pharmcheck"
# Modules that hold little else than what a reader is told: every sentence in them counts.
_TOLD = {"advice", "buyers", "reading/prices", "reading/seal_outcomes", "reading/vantage"}
_TOLD |= {f"capture/{name}" for name in ("budget", "causes", "client", "missing")}
_TOLD |= {f"report/{name}" for name in ("ladder", "listed", "name_and_host", "verdicts", "ways", "words")}
_TOLD |= {f"signals/{path.stem}" for path in (PACKAGE / "signals").glob("[a-z]*.py")}
# What is no part of a check that the form makes: it asks no register, reads no file and no recording, and knows no audit.
_ELSEWHERE = {"audit", "cli", "docs", "enquiries", "readers", "refresh", "results", "web", "identifiers"}
_ELSEWHERE |= {"capture/archive", "capture/live", "capture/playback", "capture/saved"}
# Words that look like a sentence and reach no reader.
_WORDS: tuple[str, ...] = (
    "disconnected without sending",
    "buprenorphine with naloxone",
    "weight glp1",
)
_WORDS += ("the rendered pages of this recording", "PO box")
_PLACES = {
    "Gap": 1,
    "Unread": 0,
    "Kind": 1,
    "Host": 1,
    "_miss": 1,
    "UnreachedError": 0,
    "RefusedError": 0,
    "TargetError": 0,
}
_PLACES |= {"UnusableError": 0, "BodyError": 0, "Quote": 2, "quote": 2}
_SENTENCES = {"why", "whys", "error"}  # what is called so is a sentence itself
_ALONE = {"registration", "dns", "tls", "hosting", "view"}  # gaps that are told without the name of their artifact


def sentences() -> Iterator[tuple[str, str]]:
    """Yield (where, text) of what can reach a reader; `{}` stands for what is filled in, `{why}` for another sentence."""
    for name, tree in _modules():
        told = _strings(tree) if name in _TOLD else _handed_on(tree)
        yield from ((f"{name}.py:{line}", text) for line, text in told if not any(w in text for w in _WORDS))


def wholes() -> Iterator[tuple[str, str]]:
    """Yield (where, text) of what is handed on as a whole, a gap behind its artifact, as reports tell it."""
    for name, tree in _modules():
        for sink in _sinks(tree):
            for text in _texts(sink.value, sink.given, parts=False):
                named = not sink.artifact or sink.artifact in _ALONE or text.startswith(sink.artifact)
                if re.search(r"[a-z]{2,} [a-z]{2,}", text) and not any(w in text for w in _WORDS):
                    yield f"{name}.py:{sink.value.lineno}", text if named else f"{sink.artifact}: {text}"


class _Sink(NamedTuple):
    """What is handed to a gap, a note or an error, with the artifact of the gap, and what the names in it were given."""

    value: ast.expr
    artifact: str
    given: dict[str, list[ast.expr]]


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        name = str(path.relative_to(PACKAGE).with_suffix(""))
        if not {name, name.partition("/")[0]} & _ELSEWHERE:
            yield name, ast.parse(path.read_text("utf-8"))


def _handed_on(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield what is handed to a gap, a note, a kind or an error that becomes one; a name stands for what it was given."""
    yield from ((sink.value.lineno, text) for sink in _sinks(tree) for text in _texts(sink.value, sink.given))


def _sinks(tree: ast.AST) -> Iterator[_Sink]:
    for function in ast.walk(tree):
        if isinstance(function, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef):
            given = _given(function)
            for node in ast.walk(function):
                if isinstance(node, ast.Call):
                    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                    place = _PLACES.get(name)
                    values = [k.value for k in node.keywords if k.arg in ("note", "why")]
                    values += node.args[place : place + 1] if place is not None else []
                    artifact = _artifact(node.args[0]) if name == "Gap" and node.args else ""
                    yield from (_Sink(value, artifact, given) for value in values)


def _artifact(given: ast.expr) -> str:
    """Return what a gap is about, "" where that is not written beside it."""
    if isinstance(given, ast.Name):
        return str(getattr(captured, given.id, ""))
    return given.value if isinstance(given, ast.Constant) and isinstance(given.value, str) else ""


def _given(function: ast.AST) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.setdefault(node.targets[0].id, []).append(node.value)
    return found


def _texts(node: ast.expr, given: dict[str, list[ast.expr]], *, parts: bool = True) -> Iterator[str]:
    """Yield the texts that an expression can be, with `parts` also those that are put into them."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(v.value if isinstance(v, ast.Constant) else _place(v) for v in node.values)  # type: ignore[misc]
        for value in node.values:
            if parts and isinstance(value, ast.FormattedValue):
                yield from _texts(value.value, given)
    elif isinstance(node, ast.Name):
        for value in given.get(node.id, ()):
            yield from _texts(value, {k: v for k, v in given.items() if k != node.id}, parts=parts)
    elif isinstance(node, ast.IfExp | ast.BoolOp | ast.BinOp | ast.Subscript) and (
        parts or not isinstance(node, ast.BinOp)
    ):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr) and child is not getattr(node, "test", None):
                yield from _texts(child, given, parts=parts)


def _place(value: ast.expr) -> str:
    """Return what stands for a value in a text: `{why}` where its name says that it is a sentence."""
    names = {getattr(node, "id", getattr(node, "attr", "")) for node in ast.walk(value)}
    return "{why}" if names & _SENTENCES else "{}"


def _strings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield every text of a module that is no documentation and no pattern."""
    kept = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)}
    kept |= {id(v) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) for v in n.values}
    kept |= {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Attribute)}  # "a b c".split() is a list of words
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in kept:
            yield from (
                (node.lineno, text) for text in _texts(node, {}) if not re.search(r"[\\|]", text)
            )  # no patterns


def pieces(text: str) -> list[str]:
    """Return what stands in a sentence for certain: between its places, without the artifact that a gap names first."""
    found = re.split(r"\{\w*\}|^[A-Za-z]+: |(?<=[a-z]\.) (?=[A-Z])", text)
    return [piece for piece in (f.strip(" .,;:()“”→") for f in found) if re.search(r"[A-Za-z]{2,} [a-z]{2,}", piece)]
