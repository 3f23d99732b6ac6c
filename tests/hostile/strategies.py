"""Hostile inputs by their structure: pieces of each format, well formed and not, in orders that nobody meant."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from typing import Any

from hypothesis import strategies as st

from tests.capture.world import TEXT, rdap
from tests.hostile.killers import GRID, warc_record
from tests.readers import forms
from tests.readers.making import pdf, xlsx, zipped
from tests.report.reports import EVERY_VERDICT

# What programs trip over in any text: ends of strings, of lines, of files; other directions, widths and planes; formats.
_NAUGHTY = (
    "",
    "\0",
    "\r",
    "\n",
    "\r\n",
    "\t",
    "\x0b\x0c\x1c\x1d\x1e\x1f",
    "\x1b[2J",
    "\x1b]8;;https://pills.example/\x1b\\x\x1b]8;;\x1b\\",
    "\x9b31m",
    "\x9d0;x\x9c",
    "\x90q\x9c",
    "\x85\u2028\u2029",
    "\u202e\u2066\u2069\u200f",
    "\u200b\u200d\ufeff\u00ad\u2060",
    "\u0301" * 8,
    "\ufffe\uffff",
    "\ufdfa",
    "İıſK",
    "\U000e0041\U0001f469\u200d\U0001f52c",
    "\U0010ff41\ue000",
    "０１２．３",
    "①②⑦",
    "'\"`\\",
    "\\'] OR [url:value = 'x",
    "</script></style></title></textarea>--><svg onload=x>",
    "<![CDATA[", "]]>", "<?x?>", "<!--", "-->",
    "{{7*7}}{%x%}${x}#{x}%s%n%(x)s{0}",
    "=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1", ";=1", ",\"=1",
    "[x](https://pills.example)", "![x](x)", "<https://pills.example>", "**_`~|#>", "1. x", "- x",
    "javascript:x", "data:text/html,x", "file:///x", "//x", "http://[::1", "http://a:99999/", "http://x@y:z@w/", "http://%zz/",
    "../../x", "..\\x", "C:\\x", "CON", "nul.txt", "a" * 300,
    "9" * 400, "1e999", "NaN", "-0", "0x10", "99-99-9999",
    "Viagra", "v.i.a.g.r.a", "Sildenafil 100 mg", "no prescription needed", "$49.00", "\u0432\u0456\u0430\u0433\u0440\u0430",
    "1 Main Street, Springfield", "+44 20 7946 0000", "Reg. No. 1234567", "a@b.example", "t.me/x", "wa.me/441",
)  # fmt: skip
naughty = st.sampled_from(_NAUGHTY)
text = st.one_of(naughty, st.text(max_size=40), st.lists(naughty, max_size=5).map("".join))
names = st.sampled_from(("name", "url", "price", "offers", "@type", "@graph", "@context", "address", "a", "", "@id"))


def values(leaves: st.SearchStrategy[Any] | None = None) -> st.SearchStrategy[Any]:
    """Return JSON values of any depth that a test can afford."""
    plain = st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), text, st.sampled_from([10**30, -(10**30), 1e308])
    )
    return st.recursive(
        plain if leaves is None else st.one_of(plain, leaves),
        lambda inner: st.one_of(
            st.lists(inner, max_size=4), st.dictionaries(st.one_of(names, text), inner, max_size=4)
        ),
        max_leaves=12,
    )


phrases = st.sampled_from(
    ["no prescription needed", "without a prescription", "sin receta", "rezeptfrei", "sans ordonnance", "we do not", "never", "“", "”", '"', "?", "!", ".", "\n", "beware of", "Viagra", "tramadol 50 mg", "Ozempic", "$49.00", "€ 1.000,00", "30 pills", "x 90", "per pill", "add to cart", "buy now", "we ship worldwide", "bitcoin", "licence 1234567", "Reg. No.", "pharmacist", "Ltd", "GmbH", "Main Street 1, 12345 Berlin", "+49 30 123456", "a@b.example", "VAT DE123456789", "accredited by", "certified", "FDA approved", "prescription required", "questionnaire", "money back", "customs", "overnight", "not", "without", "1. ", "- ", "•", "\t"]
)  # fmt: skip

_TAGS = [
    "div",
    "p",
    "a",
    "table",
    "tr",
    "td",
    "form",
    "input",
    "select",
    "option",
    "label",
    "script",
    "style",
    "template",
    "svg",
    "math",
    "noscript",
    "iframe",
    "frame",
    "meta",
    "title",
    "base",
    "img",
    "button",
    "textarea",
    "h1",
    "li",
    "b",
    "br",
    "html",
    "head",
    "body",
    "object",
    "video",
]
_ATTRIBUTES = (
    "href", "src", "action", "content", "http-equiv", "name", "value", "type", "itemscope",
    "itemprop", "itemtype", "alt", "style", "class", "charset", "rel", "onclick", "for", "id",
    "lang", "target", "data-x",
)  # fmt: skip


def _tag(name: str, attributes: dict[str, str], inside: str, closed: bool) -> str:
    written = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{name}{written}>{inside}" + (f"</{name}>" if closed else "")


_attributes = st.dictionaries(st.sampled_from(_ATTRIBUTES), text, max_size=3)
markup = st.recursive(
    text,
    lambda inner: st.builds(
        _tag, st.sampled_from(_TAGS), _attributes, st.lists(inner, max_size=4).map("".join), st.booleans()
    ),
    max_leaves=15,
)
_json_ld = values().map(lambda v: f'<script type="application/ld+json">{json.dumps(v)}</script>')
_ITEM = '<div itemscope itemtype="http://schema.org/Product"><b itemprop="{}" content="{}">{}</b>'
_items = st.builds(_ITEM.format, names, text, text)
_encodings = st.sampled_from(
    ("utf-8", "utf-16", "utf-16-le", "utf-32", "cp1251", "shift_jis", "iso2022_jp", "utf-7", "gb18030")
)


def encoded(written: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    """Return texts as bytes, in a charset that is mostly UTF-8."""
    plain = written.map(lambda t: t.encode("utf-8", "surrogatepass"))
    return st.one_of(plain, plain, st.builds(lambda t, c: t.encode(c, "ignore"), written, _encodings))


pages = encoded(st.lists(st.one_of(markup, _json_ld, _items), max_size=6).map("".join))


@st.composite
def damaged(draw: st.DrawFn, whole: st.SearchStrategy[bytes]) -> bytes:
    """Return what was well formed with up to three wounds: bytes cut out, put in, turned or doubled."""
    data = draw(whole)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(data)))
        to = min(len(data), at + draw(st.integers(0, 40)))
        new = draw(st.one_of(st.just(b""), st.binary(max_size=8), encoded(naughty), st.just(data[at:to] * 3)))
        data = data[:at] + new + data[to:]
    return data


_header_names = st.sampled_from(
    (
        "Subject",
        "From",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Content-Disposition",
        "MIME-Version",
        "X-A",
        "Date",
        "",
    )
)
_header_values = st.one_of(
    text,
    st.sampled_from((
        'multipart/mixed; boundary="b"', "multipart/alternative; boundary=b", "message/rfc822", "text/html; charset=x-none",
        "text/html", "text/plain; format=flowed; delsp=yes", "base64", "quoted-printable", "x-uuencode", "7bit", "text/calendar",
        "=?utf-8?B?4pyT?=", "=?x?Q?=ff?=", "=?utf-8?B?x", "attachment; filename*=utf-8''%ff", "application/zip; name=a.html",
        "multipart/mixed; boundary", "text/plain; charset*0*=x''y; charset*1=z",
    )),
)  # fmt: skip
_headers = st.lists(st.tuples(_header_names, _header_values), max_size=5).map(
    lambda pairs: "".join(f"{name}: {value}\n" for name, value in pairs)
)
_mail_bodies = st.lists(
    st.one_of(
        markup, text, st.sampled_from(("--b\n", "--b--\n", "\n\n", "From x y\n", "begin 644 a\n", "=3D=\n", "!\n a"))
    ),
    max_size=8,
).map("".join)
mails = encoded(st.lists(st.builds("{}\n{}\n".format, _headers, _mail_bodies), max_size=4).map("--b\n".join))

_warc_heads = st.sampled_from(
    (b"", b"Content-Encoding: gzip\r\n", b"Transfer-Encoding: chunked\r\n", b"Content-Length: -1\r\n")
)
warcs = damaged(
    st.lists(
        st.builds(
            lambda body, head, length: warc_record(body, headers=head, length=length),
            pages,
            _warc_heads,
            st.one_of(st.none(), st.none(), st.integers(-5, 10**17)),
        ),
        min_size=1,
        max_size=4,
    ).map(b"".join)
)
hars = damaged(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "request": st.one_of(values(), st.fixed_dictionaries({"url": text})),
                "response": st.one_of(values(), st.fixed_dictionaries({"content": st.one_of(values(), st.fixed_dictionaries(
                    {}, optional={"text": values(), "mimeType": text, "encoding": st.sampled_from(("base64", "x", 5))}))})),
            },
        ),
        max_size=3,
    ).map(lambda entries: json.dumps({"log": {"entries": entries}}).encode())
)  # fmt: skip
tables = damaged(
    encoded(
        st.builds(
            lambda rows, by, head: "\n".join([head, *(by.join(cells) for cells in rows)]),
            st.lists(st.lists(text, max_size=4), max_size=6),
            st.sampled_from((",", ";", "\t", "|", '","')),
            st.sampled_from(("url", "name,url,text", "Name,No,Site", "", "a;b;c", '"url')),
        )
    )
)
json_values = damaged(values().map(lambda v: json.dumps(v).encode()))


@st.composite
def changed(draw: st.DrawFn, value: Any) -> Any:
    """Return a JSON value of which one place, wherever it is, holds something else or nothing."""
    if isinstance(value, dict | list) and value and draw(st.integers(0, 4)):
        copy: Any = dict(value) if isinstance(value, dict) else list(value)
        key = draw(st.sampled_from(sorted(value) if isinstance(value, dict) else range(len(value))))
        if isinstance(copy, dict) and not draw(st.integers(0, 9)):
            del copy[key]
        else:
            copy[key] = draw(changed(copy[key]))
        return copy
    return draw(values())


rdap_answers = st.one_of(
    changed(rdap()).map(lambda v: json.dumps(v).encode()), damaged(st.just(json.dumps(rdap()).encode()))
)
whois_answers = st.one_of(
    damaged(st.just(TEXT.encode())),
    damaged(st.just(TEXT.replace("EXAMPLE", "COM").encode())),
    encoded(
        st.lists(
            st.tuples(st.sampled_from([line.partition(":")[0] for line in TEXT.splitlines()] + ["", "domain"]), text),
            max_size=8,
        ).map(lambda pairs: "Domain Name: shop.example\n" + "\n".join(f"{key}: {value}" for key, value in pairs))
    ),
)
saved_reports = st.sampled_from(EVERY_VERDICT).flatmap(lambda r: changed(json.loads(json.dumps(r.as_dict())))).map(
    lambda v: json.dumps(v).encode()
)  # fmt: skip
_LISTS = (
    xlsx(GRID), pdf([GRID]), forms.XML, forms.HTML_TABLE, forms.HTML_LINKS, forms.items_page(1), forms.portal_page(0),
    "\n".join(",".join(row) for row in GRID).encode(), zipped({"list.csv": b"Name,No,Site\na,1,b.example\n"}),
)  # fmt: skip


@st.composite
def workbooks(draw: st.DrawFn) -> bytes:
    """Return a workbook of which one part is damaged, and the archive around it whole."""
    made = zipfile.ZipFile(BytesIO(xlsx(GRID)))
    members = {name: made.read(name) for name in made.namelist()}
    name = draw(st.sampled_from(sorted(members)))
    return zipped(members | {name: draw(damaged(st.just(members[name])))})


lists = st.one_of(damaged(st.sampled_from(_LISTS)), workbooks(), tables, json_values, pages)
inputs = st.one_of(pages, mails, tables, json_values, warcs, lists, encoded(text), st.binary(max_size=300))
certificates = st.one_of(
    json_values,
    values().map(lambda v: json.dumps({"error": v, "certificate": v}).encode()),
)
