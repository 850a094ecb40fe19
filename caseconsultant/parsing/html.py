"""HTML mail to plain text, with quoted and signed stretches marked by their structure.

What a mail program marked as quoted becomes lines beginning with `>`; where it drew a line and put the older mail
below, a marker line stands; `parsing.body` then reads one kind of text only.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterable
from typing import Any, TypeAlias

from inscriptis import get_text  # type: ignore[import-untyped] # inscriptis brings no types
from inscriptis.model.config import ParserConfig  # type: ignore[import-untyped] # as above
from lxml import html as lxml_html  # type: ignore[import-untyped] # lxml brings no types

from caseconsultant.parsing.charsets import clean
from caseconsultant.parsing.vocabulary import any_of
from caseconsultant.parsing.vocabulary.dividers import FROM, SENT

_Element: TypeAlias = Any  # lxml brings no types

BELOW_IS_QUOTED = "\uf8f1"
"""A line of its own: what follows is the older mail."""
SIGNATURE_STARTS = "\uf8f2"
"""A line of its own: what follows, up to a blank stretch or a quote, is the signature."""

_MAX_CHARACTERS = 400_000
_MAX_DEPTH = 200
_MAX_TAGS = 20_000
_CONFIG = ParserConfig(display_links=False, display_images=False)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:]*)[^<>]*?(/?)>")
_VOID = {"br", "hr", "img", "meta", "link", "input", "wbr", "col", "area", "base", "p", "li", "td", "tr", "th"}
_HIDDEN = ("script", "style", "head", "title", "noscript", "template", "object")
_UNSEEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|font-size\s*:\s*0(?:px)?\s*(?:;|$)", re.IGNORECASE)

# Marks of mail programs: Outlook (web, mobile, desktop), Gmail, Yahoo, Apple, Thunderbird, Proton, Zimbra.
_BELOW_IDS = {"divrplyfwdmsg", "appendonsend", "olk_src_body_section", "mail-editor-reference-message-container"}
_QUOTE_CLASSES = (
    "gmail_quote", "gmail_extra", "yahoo_quoted", "protonmail_quote", "moz-forward-container", "zmail_extra",
    "tutanota_quote", "moz-cite-prefix", "freebirdmailwrap", "mail_quote",
)  # fmt: skip
_SIGNATURE_MARKS = ("gmail_signature", "moz-signature", "ms-outlook-mobile-signature", "protonmail_signature_block")
_DIVIDER = re.compile(r"border-top(?:-style|-width)?\s*:\s*(?:solid|\d|#|rgb)", re.IGNORECASE)
_NO_BORDER = re.compile(r"border(?:-left)?(?:-width)?\s*:\s*(?:none|0)", re.IGNORECASE)
_HEADER_BLOCK = re.compile(rf"\s*(?:{any_of(FROM)}|{any_of(SENT)})\s*[:\uff1a]", re.IGNORECASE)


_MARKS_QUOTES = re.compile(
    r"gmail_quote|gmail_extra|yahoo_quoted|protonmail_quote|moz-cite-prefix|<blockquote[^>]*(?:cite|border-left)|divRplyFwdMsg"
    r"|appendonsend|OutlookMessageHeader|border-top\s*:\s*solid|mail-editor-reference|isReplyContent|zmail_extra",
    re.IGNORECASE,
)


def marks_quotes(source: str) -> bool:
    """Whether a mail program marked the older text by structure, which plain text may have lost."""
    return bool(_MARKS_QUOTES.search(source[:_MAX_CHARACTERS]))


def to_text(source: str) -> tuple[str, str | None]:
    """Returns the marked text, and a defect where the HTML was cut or read without its structure."""
    cut = source[:_MAX_CHARACTERS]
    defect = f"HTML cut at {_MAX_CHARACTERS} characters" if len(source) > _MAX_CHARACTERS else None
    depth, tags = _measured(cut)
    if depth > _MAX_DEPTH:
        return strip_tags(cut), f"HTML nested deeper than {_MAX_DEPTH}: tags stripped"
    if tags > _MAX_TAGS:
        return strip_tags(cut), defect or f"HTML of more than {_MAX_TAGS} tags: tags stripped"
    try:
        return _render(cut), defect
    except Exception as error:  # noqa: BLE001 - any bytes must give a text; the defect says what happened
        return strip_tags(cut), f"HTML not read: {type(error).__name__}, tags stripped"


def _measured(source: str) -> tuple[int, int]:
    """(how deep the tags are nested, how many there are)."""
    depth = deepest = tags = 0
    for match in _TAG.finditer(source):
        tags += 1
        if match[2].lower() in _VOID or match[3]:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest, tags


def strip_tags(source: str) -> str:
    """Returns the text between the tags; the way out where the structure cannot be read."""
    visible = re.sub(r"(?is)<(script|style|head|title)\b.*?(?:</\1\s*>|\Z)", " ", source)
    broken = re.sub(r"(?i)<(?:br|/p|/div|/tr|/li|/h[1-6])\b[^<>]*>", "\n", visible)
    return clean(entities.unescape(re.sub(r"<[^<>]*>", "", broken)))


def _render(source: str) -> str:
    root = _document(source)
    if root is None:
        return ""
    _drop_hidden(root)
    tokens: list[tuple[str, str]] = []
    for element in _outermost(root, _quote_elements(root)):
        quoted = _prefixed(_plain(element))
        tokens.append((_replace(element, len(tokens)), quoted))
    for element in _outermost(root, _signature_elements(root)):
        signed = _plain(element).strip()
        tokens.append((_replace(element, len(tokens)), f"{SIGNATURE_STARTS}\n{signed}\n" if signed else ""))
    for element in _dividers(root):
        _mark_before(element)
    return _fill(_plain(root), tokens)


def _document(source: str) -> _Element:
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", source)
    if not text.strip():
        return None
    return lxml_html.document_fromstring(text, parser=lxml_html.HTMLParser(remove_comments=True, remove_pis=True))


def _plain(element: _Element) -> str:
    """Inscriptis on a tree of our own; markers and tokens pass through as words."""
    text = get_text(lxml_html.tostring(element, encoding="unicode", with_tail=False), _CONFIG)
    return clean(text)


def _drop_hidden(root: _Element) -> None:
    for element in list(root.iter(*_HIDDEN)):
        if element.getparent() is not None:
            element.drop_tree()
    for element in list(root.iter()):
        style = element.get("style") if isinstance(element.tag, str) else None
        if style and _UNSEEN.search(style) and element.getparent() is not None and element.tag != "body":
            element.drop_tree()


def _quote_elements(root: _Element) -> list[_Element]:
    found = [element for element in root.iter() if isinstance(element.tag, str) and _is_quote(element)]
    return [element for element in found if element.tag == "blockquote" or not _is_answered_inside(element)]


def _is_answered_inside(container: _Element) -> bool:
    """Whether the writer went on between the quotes: then each quote stands for itself, and their box for nothing."""
    quotes = list(_outermost(container, list(container.iter("blockquote"))))
    return len(quotes) > 1 and any(_says_after(quote, container) for quote in quotes)


def _says_after(quote: _Element, container: _Element) -> bool:
    """Whether words of the container follow a quote, up to the next one."""
    element = quote
    while element is not None and element is not container:
        if (element.tail or "").strip():
            return True
        following = element.getnext()
        while following is not None and following.tag != "blockquote":
            if following.find(".//blockquote") is None and following.text_content().strip():
                return True
            if (following.tail or "").strip():
                return True
            following = following.getnext()
        element = element.getparent()
    return False


def _is_quote(element: _Element) -> bool:
    marks = (element.get("class") or "").lower()
    if element.tag == "blockquote":
        # Gmail and Apple also use a bare blockquote to indent the writer's own lines.
        return element.get("type") == "cite" or bool(marks) or not _NO_BORDER.search(element.get("style") or "")
    return any(mark in marks for mark in _QUOTE_CLASSES) and "gmail_quote_container" not in marks.replace(
        "gmail_quote gmail_quote_container", ""
    )


def _signature_elements(root: _Element) -> list[_Element]:
    return [element for element in root.iter() if isinstance(element.tag, str) and _is_signature(element)]


def _is_signature(element: _Element) -> bool:
    marks = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-smartmail') or ''}".lower()
    if element.get("id") == "Signature" or element.get("data-signatureblock") == "true":
        return True
    return any(mark in marks for mark in _SIGNATURE_MARKS)


def _outermost(root: _Element, found: list[_Element]) -> Iterable[_Element]:
    """Those not inside another of them, and never the root or the body itself."""
    chosen = set(found)
    for element in found:
        inside = any(ancestor in chosen for ancestor in element.iterancestors())
        if not inside and element is not root and element.tag not in {"body", "html"}:
            yield element


def _replace(element: _Element, number: int) -> str:
    token = f"quotedstretch{number}quotedstretch"
    element_tail = element.tail
    for child in list(element):
        element.remove(child)
    attributes = list(element.attrib)
    for name in attributes:
        del element.attrib[name]
    element.tag, element.text, element.tail = "div", token, element_tail
    return token


def _prefixed(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.strip().split("\n"))


def _dividers(root: _Element) -> list[_Element]:
    return [element for element in root.iter("div", "hr", "p", "span") if _is_divider(element)]


def _is_divider(element: _Element) -> bool:
    name = (element.get("id") or "").lower().removeprefix("x_")
    if name in _BELOW_IDS or "outlookmessageheader" in (element.get("class") or "").lower():
        return True
    if _DIVIDER.search(element.get("style") or ""):
        return bool(_HEADER_BLOCK.match(element.text_content()))
    following = element.getnext() if element.tag == "hr" else None
    return following is not None and bool(_HEADER_BLOCK.match(following.text_content()))


def _mark_before(element: _Element) -> None:
    marker = lxml_html.Element("div")
    marker.text = "olderbelow0olderbelow"
    element.addprevious(marker)


def _fill(text: str, tokens: list[tuple[str, str]]) -> str:
    filled = text.replace("olderbelow0olderbelow", f"\n{BELOW_IS_QUOTED}\n")
    for token, content in tokens:
        filled = filled.replace(token, f"\n{content}\n", 1)
    # Inscriptis indents continued blocks; a mail's text starts at the margin.
    lines = [line.strip() for line in filled.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
