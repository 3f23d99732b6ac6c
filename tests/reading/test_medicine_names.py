"""Names of medicines in twelve languages and four scripts: found with their endings, never inside other words."""

from __future__ import annotations

import pytest

from pharmcheck.model import Page
from pharmcheck.reading.disguise import fold, with_plain_letters
from pharmcheck.reading.medicine_names import PLAIN_LETTERS, names, plain
from pharmcheck.reading.medicine_table import cells, rows
from pharmcheck.reading.medicines import find_medicines

# A letter that no case ending has, for each script with spaces between words.
STRANGERS = {"latin": "q", "greek": "ξ", "cyrillic": "ж", "katakana": "ヌ"}


def seen(text: str) -> list[str]:
    return [s.medicine.name for s in find_medicines(Page("https://shop.example/", "home", 200, text))]


def script(letter: str) -> str:
    if letter < "\u0250":
        return "latin"
    if letter < "\u0530":
        return "greek" if letter < "\u0400" else "cyrillic"
    return "katakana" if "\u30a0" <= letter <= "\u30ff" else "unspaced"


def test_the_table_is_written_as_pages_are_folded() -> None:
    """Lower case and plain letters are all that a name of the table needs to look like folded text."""
    for row in rows():
        for name in (row["name"], *cells(row["brands"]), *cells(row["spellings"]), *cells(row["street"])):
            assert plain(name) == with_plain_letters(fold(name).text, PLAIN_LETTERS), name
    assert PLAIN_LETTERS.keys().isdisjoint(PLAIN_LETTERS.values())  # one replacement never feeds another


def test_no_name_is_found_inside_a_word() -> None:
    """A strange letter before or behind a name makes another word of it, for every name of the table."""
    for name in names():
        before, behind = (STRANGERS.get(script(c), "") if c.isalnum() else "" for c in (name[0], name[-1]))
        text = f"{before}{name} 100 mg"
        for s in find_medicines(Page("https://shop.example/", "home", 200, text)):
            assert not before or s.start != 1, text
        if script(name[-1]) == "katakana" and len(name) >= 4:
            continue  # Japanese compounds are written without a break
        text = f"100 mg {name}{behind}"
        for s in find_medicines(Page("https://shop.example/", "home", 200, text)):
            assert not behind or not s.start < len(text) - 1 <= s.end, text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("kupić Viagrę", "sildenafil"),
        ("cena Viagry", "sildenafil"),
        ("o Viagrze", "sildenafil"),
        ("s Viagrou", "sildenafil"),
        ("prodej Viagru", "sildenafil"),
        ("bez Xanaxu", "alprazolam"),
        ("zamiast Cialisu", "tadalafil"),
        ("Cialisem", "tadalafil"),
        ("Kamagry", "sildenafil"),
        ("tramadolu", "tramadol"),
        ("amoksycyliny", "amoxicillin"),
        ("dwa Percocety", "oxycodone"),
        ("ett par Viagras", "sildenafil"),
        ("виагрой", "sildenafil"),
        ("трамадолом", "tramadol"),
        ("виаграта", "sildenafil"),
    ],
)
def test_case_endings(text: str, name: str) -> None:
    """Polish, Czech, Swedish, Russian, Ukrainian and Bulgarian endings do not hide a name."""
    assert seen(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "un concerto, due concerti, le concerte",
        "musica allegra, allegro, allegri",
        "la comtesse",
        "cytology and cytologist",
        "il atacando",
        "a new restyle",
        "viagrable viagranomics xanaxing cialistic",
        "diabete",
        "меридиан, имигранти, сингулярный, конкорд, соната",
        "キリマンジャロ アンビエント",
        "rayos de sol, en principen",
        "vigora em todo o país",
        "oběda",
    ],
)
def test_other_words_are_no_inflected_names(text: str) -> None:
    """Words of any of the languages that begin as a name does, or are one by chance, are left alone."""
    assert seen(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("amoxicilina 500 mg", "amoxicillin"),
        ("amoxicilline", "amoxicillin"),
        ("amoxicillina", "amoxicillin"),
        ("klaritromycin", "clarithromycin"),
        ("fluoksetyna", "fluoxetine"),
        ("fluoxetin", "fluoxetine"),
        ("metilfenidato", "methylphenidate"),
        ("metylofenidat", "methylphenidate"),
        ("prednisolona", "prednisolone"),
        ("omeprazolo", "omeprazole"),
        ("hidroxicloroquina", "hydroxychloroquine"),
        ("sildénafil", "sildenafil"),
        ("віагра", "sildenafil"),
        ("силденафіл", "sildenafil"),
        ("левітра", "vardenafil"),
        ("амоксицилін", "amoxicillin"),
        ("амоксициллин", "amoxicillin"),
        ("ксанакс", "alprazolam"),
        ("оземпик", "semaglutide"),
        ("βιάγκρα", "sildenafil"),
        ("τραμαδόλης", "tramadol"),
        ("バイアグラ通販", "sildenafil"),
        ("バイアグラジェネリック", "sildenafil"),
        ("激安シアリス20mg", "tadalafil"),
        ("レビトラを購入", "vardenafil"),
        ("デパス錠", "etizolam"),
        ("ゾピクロン", "zopiclone"),
        ("アモキシシリン", "amoxicillin"),
        ("购买万艾可", "sildenafil"),
        ("犀利士藥局", "tadalafil"),
        ("비아그라구매", "sildenafil"),
        ("졸피뎀을", "zolpidem"),
    ],
)
def test_names_of_other_languages(text: str, name: str) -> None:
    """The name that a language has is found, also in scripts that put no space between words."""
    assert seen(text) == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("xans for sale, overnight", "alprazolam"),
        ("buy percs online", "oxycodone"),
        ("addys in stock", "amphetamine mixed salts"),
        ("blue m30 $5 each", "oxycodone"),
        ("lean syrup, DM to order", "codeine"),
    ],
)
def test_street_names_beside_a_trade_word(text: str, name: str) -> None:
    """What dealers call a medicine counts on a line that trades."""
    assert seen(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "the percs of the job",
        "xans and why young people take them",
        "buy chocolate bars, order blues records, cheap lean meat",
        "M30 bolts for sale, price $5",
        "buy\noxys",
        "order fresh bars and percssion",
    ],
)
def test_street_names_alone_are_words(text: str) -> None:
    """Without a trade word on its line, and for ordinary words always, it is no medicine."""
    assert seen(text) == []


def test_ordinary_words_are_no_brands() -> None:
    """A word of the table's own notes names nothing."""
    assert seen("compounded by hand, a generic product, 100 mg") == []
