"""Is the order sent encrypted?"""

from __future__ import annotations

from collections.abc import Iterator

from pharmcheck.model import Form, Page, Quote

_PERSONAL = ("email", "tel", "password", "card", "phone", "name", "address", "street", "birth")


def no_tls_on_checkout(checkout: Page) -> Iterator[Quote]:
    """The order form, or the place that it is sent to, is not encrypted.

    Why: what a patient orders, and how they pay, can be read and changed by everyone on the way.
    Source: GDPR, article 32 (security of health data); PCI DSS 4.0, requirement 4.2.1 (card numbers over open networks).
    False alarm: a small shop with an old set-up whose payment page, elsewhere, is encrypted.
    """
    for form in checkout.forms:
        if _asks_for_person(form) and form.action.startswith("http://"):
            yield Quote(
                checkout.url, "", f"the order form is sent unencrypted, to {form.action[:150]}", checkout.digest
            )
        elif _asks_for_person(form) and checkout.url.startswith("http://"):
            yield Quote(checkout.url, "", "the order form came over http, not encrypted", checkout.digest)


def _asks_for_person(form: Form) -> bool:
    fields = (f"{f.kind} {f.name} {f.label}".lower() for f in form.fields if f.kind != "hidden")
    return any(word in field for field in fields for word in _PERSONAL)
