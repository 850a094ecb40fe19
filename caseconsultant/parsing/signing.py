"""Signatures, telephone footers and confidentiality notices at the end of new text."""

from __future__ import annotations

import re

_DELIMITER = re.compile(r"^--\s*$|^\u2014\s*$")
_FOOTER = re.compile(
    r"^\s*\W{0,3}(?:"
    r"Sent (?:from|via|with|using) (?:my |(?:the (?:all[- ])?(?:new )?|an? )?(?:outlook|yahoo|aol|gmail|mail|samsung"
    r"|galaxy|proton|iphone|ipad|android|blackberry|mobile|windows|tutanota|spark|edison|superhuman|hey)\b).{0,80}"
    r"|Get Outlook for (?:iOS|Android).{0,80}"
    r"|(?:Von meinem|Gesendet (?:von|mit)) .{2,60}"
    r"|Envoyé (?:de mon|depuis|à partir de|avec) .{2,60}"
    r"|Enviado (?:desde|do|a partir) .{2,60}"
    r"|Inviato (?:da|dal) .{2,60}"
    r"|Verzonden (?:vanaf|met) .{2,60}"
    r"|Wysłane? z .{2,60}"
    r")\s*\W{0,3}$",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"(?:confidentiality (?:notice|statement|note)|this (?:e-?mail|message|communication|transmission)\b.{0,120}?"
    r"(?:confidential|privileged|intended (?:only|solely)|intended recipient|protected health information)"
    r"|(?:the )?information (?:contained|transmitted) in this (?:e-?mail|message|transmission)"
    r"|if you (?:have received|are not the intended|received) this? ?"
    r"(?:recipient|(?:e-?mail|message|communication|transmission)? ?in error)"
    r"|^\W*(?:disclaimer|notice|privileged and confidential)\b"
    r"|please consider the environment before printing"
    r"|diese e-?mail .{0,60}vertraulich|ce (?:message|courriel) .{0,80}confidentiel"
    r"|este (?:mensaje|correo|e-?mail) .{0,80}confidencial)",
    re.IGNORECASE | re.DOTALL,
)
_CLOSING = re.compile(
    r"^\s*(?:(?:many |much |with )?thanks?(?: you)?(?: so much| very much| in advance| again|!"
    r"| a lot)*(?: and (?:best )?regards)?"
    r"|(?:with )?(?:best|kind|warm|kindest|warmest)?(?: |est )?(?:regards|wishes)|best|cheers|sincerely(?: yours)?"
    r"|yours (?:truly|sincerely|faithfully)|respectfully|cordially"
    r"|(?:mit )?(?:freundlichen|besten|herzlichen|lieben|viele|beste|liebe) gr(?:ü|ue)(?:ß|ss)en?|mfg"
    r"|cordialement|bien à vous"
    r"|saludos(?: cordiales)?|cordiali saluti|atenciosamente|met vriendelijke groet(?:en)?"
    r"|pozdrawiam)\s*[,.!\u2013-]*\s*$",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"@\S+\.\w|https?://|www\.|(?:tel|phone|ph|fax|cell|mobile|office|direct|[tpfmo])\s?[:.]\s*[+(]?\d"
    r"|(?<!\d)\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?!\d)|\b(?:CPC|CCS|COC|RHIA|RHIT|CPMA|CEMC|CIC|CRC)\b",
    re.IGNORECASE,
)
_MAX_BLOCK = 10
_MAX_LINE = 90
_MAX_AFTER_NOTICE = 14


def split(lines: list[str]) -> tuple[str, str]:
    """Returns (text, signature). A text that would be all signature is left for the caller to judge."""
    cut = min(_delimiter(lines), _footer(lines), _notice(lines), len(lines))
    head, tail = lines[:cut], lines[cut:]
    name = _name_block(head)
    return _joined(head[:name]), _joined(head[name:] + [""] * bool(tail) + tail)


def _joined(lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip("\n ")


def _delimiter(lines: list[str]) -> int:
    """RFC 3676 4.3: the line `-- `; the space is often lost on the way."""
    return next((index for index, line in enumerate(lines) if _DELIMITER.match(line)), len(lines))


def _footer(lines: list[str]) -> int:
    """A telephone's footer counts where little or nothing follows it."""
    for index, line in enumerate(lines):
        if _FOOTER.match(line) and sum(bool(rest.strip()) for rest in lines[index + 1 :]) <= 1:
            return index
    return len(lines)


def _notice(lines: list[str]) -> int:
    """The first paragraph that is a notice, if all that follows is more of the same or short."""
    for start, end in _paragraphs(lines):
        if start and _NOTICE.search("\n".join(lines[start:end])) and _only_notices(lines, end):
            return start
    return len(lines)


def _only_notices(lines: list[str], end: int) -> bool:
    rest = [line for line in lines[end:] if line.strip()]
    return not any("?" in line for line in rest) and len(rest) <= _MAX_AFTER_NOTICE


def _paragraphs(lines: list[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start: int | None = None
    for index, line in enumerate([*lines, ""]):
        if line.strip() and start is None:
            start = index
        elif not line.strip() and start is not None:
            found.append((start, index))
            start = None
    return found


def _name_block(lines: list[str]) -> int:
    """Where the name under "Kind regards," begins, if it is a card: short lines, with a way to reach the person."""
    for index in range(len(lines) - 1, max(-1, len(lines) - _MAX_BLOCK * 2), -1):
        if _CLOSING.match(lines[index]):
            return index + 1 if index and _is_card(lines[index + 1 :]) else len(lines)
    return len(lines)


def _is_card(lines: list[str]) -> bool:
    filled = [line for line in lines if line.strip()]
    short = len(filled) <= _MAX_BLOCK and all(len(line) <= _MAX_LINE and "?" not in line for line in filled)
    return short and any(_CONTACT.search(line) for line in filled)
