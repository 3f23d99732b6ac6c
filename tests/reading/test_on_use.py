"""Patterns that are compiled on use answer as compiled ones do, and each that the package holds can be compiled."""

from __future__ import annotations

import re
import subprocess
import sys

from pharmcheck.reading.on_use import compile_on_use

TEXT = "Order NOW, order later"


def test_it_answers_as_the_compiled_pattern_does() -> None:
    """Whatever is asked of it, first or again, it finds, replaces and tells what `re.compile` would."""
    late, own = compile_on_use(r"(?P<word>order)", re.IGNORECASE), re.compile(r"(?P<word>order)", re.IGNORECASE)
    for _ in range(2):
        assert [m.span("word") for m in late.finditer(TEXT)] == [m.span("word") for m in own.finditer(TEXT)]
        assert late.sub("buy", TEXT) == own.sub("buy", TEXT) == "buy NOW, buy later"
        assert late.search(TEXT, 1)[0] == own.search(TEXT, 1)[0] == "order"  # type: ignore[index]
        assert late.fullmatch(TEXT) is None
    assert (late.pattern, late.flags, dict(late.groupindex)) == (own.pattern, own.flags, dict(own.groupindex))


def test_a_wrong_pattern_is_told_at_its_first_use() -> None:
    """Nothing is compiled before something is asked."""
    code = (
        "import re; from pharmcheck.reading.on_use import compile_on_use; wrong = compile_on_use('(')\n"
        "try: wrong.search('')\n"
        "except re.error as error: print(error)"
    )
    assert "unterminated subpattern" in _told(code)


def test_all_that_the_package_holds_can_be_compiled() -> None:
    """No pattern of a module of `reading` fails when it is first needed, and all can be compiled beforehand."""
    code = (
        "import pkgutil, re, pharmcheck.reading as r; from importlib import import_module\n"
        "for m in pkgutil.iter_modules(r.__path__): import_module(f'{r.__name__}.{m.name}')\n"
        "from pharmcheck.reading.on_use import compile_all; from pharmcheck.reading.people import _NO_NAME as late\n"
        "made, compile_ = [], re.compile; re.compile = lambda *a: made.append(a) or compile_(*a)\n"
        "compile_all(); before = len(made); late.search('x'); compile_all(); print(before > 50, len(made) - before)"
    )
    assert _told(code).split() == ["True", "0"]


def _told(code: str) -> str:
    """Return what a process of its own prints: patterns are kept for the whole of one."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
