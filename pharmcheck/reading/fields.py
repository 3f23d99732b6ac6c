"""Forms and their fields, gathered while a page is walked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pharmcheck.model import Field, Form

MAX_FIELDS = 2_000
MAX_OPTIONS = 50
_MAX_LABEL_CHARS = 300
_BUTTONS = ("submit", "button", "reset", "image")


@dataclass(slots=True)
class Open:
    """A field while its labels are still being read; `named` is the text of `aria-label`, placeholder or title."""

    kind: str
    name: str
    id: str
    named: str
    required: bool
    options: list[str] = field(default_factory=list)
    wrapped: str = ""


@dataclass(slots=True)
class _OpenForm:
    action: str
    method: str
    fields: list[Open] = field(default_factory=list)
    text: str = ""


class Forms:
    """The forms of one page; fields outside of any form are gathered in one of their own, with method ""."""

    def __init__(self) -> None:
        self._loose = _OpenForm("", "")
        self._forms: list[_OpenForm] = []
        self._form = self._loose
        self._labels: dict[str, str] = {}
        self._wrapped: list[Open] | None = None
        self._count = 0

    def open_form(self, action: str, method: str) -> None:
        self._form = _OpenForm(action, method.strip().upper() or "GET")
        self._forms.append(self._form)

    def close_form(self, text: str) -> None:
        self._form.text = text
        self._form = self._loose

    def open_label(self) -> bool:
        """Begin a label; False inside another one, whose text is not gathered twice."""
        if self._wrapped is not None:
            return False
        self._wrapped = []
        return True

    def close_label(self, target: str, text: str) -> None:
        text = text[:_MAX_LABEL_CHARS]
        if target:
            self._labels.setdefault(target, text)
        for open_field in self._wrapped or ():
            open_field.wrapped = text
        self._wrapped = None

    def add(self, tag: str, attributes: Mapping[str, str | None]) -> Open:
        """Add the field of an `input`, `select`, `textarea` or `button` element."""

        def of(name: str) -> str:
            return (attributes.get(name) or "").strip()

        kind = (of("type").lower() or "text") if tag == "input" else tag
        named = of("aria-label") or of("placeholder") or of("title") or (of("value") if kind in _BUTTONS else "")
        found = Open(kind, of("name"), of("id"), named[:_MAX_LABEL_CHARS], "required" in attributes)
        self._count += 1
        if self._count <= MAX_FIELDS:
            self._form.fields.append(found)
            if self._wrapped is not None:
                self._wrapped.append(found)
        return found

    def finish(self, url: str) -> tuple[Form, ...]:
        """Return the forms in page order, the one of loose fields last; `url` stands for a missing action."""
        forms = [*self._forms, self._loose] if self._loose.fields else self._forms
        return tuple(Form(f.action or url, f.method, tuple(map(self._close, f.fields)), f.text) for f in forms)

    def _close(self, found: Open) -> Field:
        label = self._labels.get(found.id, "") if found.id else ""
        options = tuple(option for option in found.options if option)
        return Field(found.kind, found.name, label or found.wrapped or found.named, found.required, options)
