"""Folders of registries as a test wants them."""

from __future__ import annotations

from pathlib import Path

from pharmcheck.model import Target

HEADER = "name,number,domain,path,status,since,note,url"
FACTS = {
    "authority": '"Office of Samples"',
    "country": '"ZZ"',
    "lists": '["pharmacies"]',
    "polarity": '"positive"',
    "url": '"https://register.example/"',
    "hosts": '["register.example"]',
    "number_pattern": r"'^\d{4}$'",
    "entry_url": '"https://register.example/entry/{number}"',
    "exhaustive": '"pharmacies"',
    "names_sites": '"yes"',
    "law": '"A made-up law."',
    "licence": '"unknown"',
    "max_age_days": "90",
    "as_of": "2026-01-31",
    "min_entries": "1",
    "max_entries": "9",
    "list_source": '"made up"',
    "source": '"made up"',
    "confidence": '"medium"',
    "facts_as_of": "2026-01-01",
}


def site(host: str, path: str = "/", domain: str = "") -> Target:
    url = f"https://{host}{path}"
    return Target(url, url, host, domain or ".".join(host.split(".")[-2:]))


def write(root: Path, rows: tuple[str, ...] | None, name: str = "zz-sample", **changed: str) -> Path:
    """Write a folder with these rows (None: no list) and facts (an empty text leaves the key out); return the root."""
    folder = root / name
    folder.mkdir(parents=True, exist_ok=True)
    facts = {**FACTS, **changed}
    if rows is None:
        facts = {k: v for k, v in facts.items() if k not in ("as_of", "min_entries", "max_entries", "list_source")}
    else:
        (folder / "list.csv").write_text("\n".join((HEADER, *rows)) + "\n", "utf-8")
    (folder / "registry.toml").write_text("".join(f"{k} = {v}\n" for k, v in facts.items() if v), "utf-8")
    return root


GOOD = "Corner Pharmacy,1001,corner.example,,listed,2025-05-05,,"
