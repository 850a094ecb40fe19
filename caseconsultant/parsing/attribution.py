"""The lines that mail programs write above what they quote, in the languages our senders' programs speak."""

from __future__ import annotations

import re

_FLAGS = re.IGNORECASE

# "On <date> <person> wrote:" and its sisters, on one line or folded over a few.
_ATTRIBUTION = re.compile(
    r"(?:"
    r"On\b.{4,300}\b(?:wrote|writes)"  # English
    r"|Am\b.{4,300}\b(?:schrieb|hat geschrieben)(?:\b.{0,200})?"  # German
    r"|Le\b.{4,300}\ba [ée]crit"  # French
    r"|El\b.{4,300}\bescribi[óo]"  # Spanish
    r"|Il\b.{4,300}\bha scritto"  # Italian
    r"|(?:Em|No dia|A)\b.{4,300}\bescreveu"  # Portuguese
    r"|Op\b.{4,300}\b(?:schreef|heeft)(?:\b.{0,200})?"  # Dutch
    r"|(?:W dniu|Dnia)\b.{4,300}\b(?:napisa[łl](?:\(a\)|a)?|pisze)"  # Polish
    r"|(?:Den|På)\b.{4,300}\b(?:skrev)(?:\b.{0,200})?"  # Danish, Swedish, Norwegian
    r"|(?:pon|wt|śr|czw|pt|sob|niedz)\.?,? \d.{4,300}(?:napisa[łl](?:\(a\)|a)?|pisze)"  # Gmail in Polish
    r"|.{1,120}<[^<>\s]+@[^<>\s]+> ?(?:wrote|schrieb|a [ée]crit|escribi[óo]|ha scritto|escreveu|schreef|napisa[łl]a?)"
    r"(?:\b.{0,120})?"
    # Gmail of old: 2024-03-04 13:37 GMT+01:00 Name <address>
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}.{0,120}<[^<>\s]+@[^<>\s]+"
    r">"
    r")\s?:\s*$",
    _FLAGS | re.DOTALL,
)
_ATTRIBUTION_START = re.compile(
    r"(?:(?:On|Am|Le|El|Il|Em|No dia|A|Op|W dniu|Dnia|Den|På|pon|wt|śr|czw|pt|sob|niedz)\b|\d{4}[-/.]\d|.{1,120}<\S+@)",
    _FLAGS,
)
# In whatever language: a date or a name, an address, a colon, and a quote right below.
_ABOVE_A_QUOTE = re.compile(r".{0,200}<[^<>\s]+@[^<>\s]+>\s?:$")
_SURE = re.compile(r"@|\d{1,2}[:.h]\d{2}", _FLAGS)
_MAX_FOLDS = 4

_DIVIDER = re.compile(
    r"[-_=*\s]{2,}\s*(?:Original Message|Original Appointment|Reply Message|Forwarded Message|Forwarded by .{1,120}"
    r"|(?:Ursprüngliche|Originale?|Weitergeleitete) Nachricht|Urspr. Nachricht|Original-Nachricht"
    r"|Message d['\u2019]origine|Message transféré|Message original|Mensaje original|Mensaje reenviado|Forwarded mail"
    r"|Messaggio originale|Messaggio inoltrato|Mensagem original|Mensagem encaminhada"
    r"|Oorspronkelijk bericht|Doorgestuurd bericht|Wiadomość (?:oryginalna|przekazana dalej)|Oryginalna wiadomość"
    r"|Treść przekazanej wiadomości|Oprindelig meddelelse|Ursprungligt meddelande)\s*[-_=*\s]{2,}:?\s*$",
    _FLAGS,
)
_BEGIN_FORWARDED = re.compile(
    r"(?:Begin forwarded message|Anfang der weitergeleiteten (?:Nachricht|E-Mail)"
    r"|Début du message (?:transféré|réexpédié)|Inicio del mensaje reenviado|Inizio messaggio inoltrato"
    r"|Início da mensagem (?:encaminhada|reencaminhada)|Begin doorgestuurd bericht"
    r"|Początek przekazywanej wiadomości)\s*:\s*$",
    _FLAGS,
)
_FIELD = r"^\s*[*>\s]*(?:{names})\s?\*?:\*?(?:\s|$)"
_FROM = re.compile(_FIELD.format(names="From|Von|De|Da|Van|Od|Från|Fra"), _FLAGS)
_SENT = re.compile(
    _FIELD.format(
        names="Sent|Date|Gesendet|Datum|Envoyé|Enviado(?: el)?|Fecha|Data|Inviato|Enviada(?: em)?|Verzonden|Wysłano"
    ),
    _FLAGS,
)
_TO = re.compile(_FIELD.format(names="To|An|À|A|Para|Aan|Do|Cc|Kopie|Reply-To"), _FLAGS)
_SUBJECT = re.compile(
    _FIELD.format(names="Subject|Betreff|Objet|Asunto|Oggetto|Assunto|Onderwerp|Temat|Ämne|Emne"), _FLAGS
)
_RULE = re.compile(r"^\s*(?:_{5,}|-{5,}|={5,}|\*{5,})\s*$")
_MAX_FIELDS = 8


def attribution_length(lines: list[str], index: int) -> int:
    """Returns how many lines from `index` on are an attribution (0: none); blank lines never belong to one."""
    if _ABOVE_A_QUOTE.match(_bare(lines[index])) and _quote_follows(lines[index + 1 :]):
        return 1
    if not _ATTRIBUTION_START.match(_bare(lines[index])):
        return 0
    joined = ""
    for count, line in enumerate(lines[index : index + _MAX_FOLDS], start=1):
        if not line.strip():
            return 0
        joined = f"{joined} {_bare(line)}".strip()
        if _ATTRIBUTION.match(joined):
            own = _starts_later(lines[index + 1 : index + count])
            return count if not own and _is_sure(joined, lines[index + count :]) else 0
    return 0


def _starts_later(lines: list[str]) -> bool:
    """Whether the attribution begins further down, so that the line above it ("On the second unit ...") is new text."""
    return any(
        _ATTRIBUTION_START.match(_bare(line)) and _ATTRIBUTION.match(" ".join(_bare(rest) for rest in lines[number:]))
        for number, line in enumerate(lines)
    )


def _bare(line: str) -> str:
    return line.strip().strip("*_").lstrip("> ").strip()


def _is_sure(joined: str, rest: list[str]) -> bool:
    """A sentence such as "On Monday the surgeon wrote:" is the sender's own; a program names an address or a time."""
    return bool(_SURE.search(joined)) or _quote_follows(rest)


def _quote_follows(rest: list[str]) -> bool:
    return next((line for line in rest if line.strip()), "").lstrip().startswith(">")


def divider_length(lines: list[str], index: int) -> int:
    """Returns how many lines from `index` on divide new from older text: a divider and the fields under it."""
    line = lines[index].strip()
    if _DIVIDER.match(line) or _BEGIN_FORWARDED.match(line):
        return 1 + _blanks_and_fields(lines, index + 1, sure=True)
    if _RULE.match(line):
        fields = _blanks_and_fields(lines, index + 1)
        return 1 + fields if fields else 0
    return fields_length(lines, index)


def _blanks_and_fields(lines: list[str], index: int, *, sure: bool = False) -> int:
    start = index
    while start < len(lines) and not lines[start].strip() and start < index + 3:
        start += 1
    found = fields_length(lines, start, sure=sure) if start < len(lines) else 0
    return start - index + found if found else 0


def fields_length(lines: list[str], index: int, *, sure: bool = False) -> int:
    """Returns the length of an Outlook or forwarding block of From, Sent, To, Subject (0: none).

    `sure`: a divider stands above, so that any of the fields will do.
    """
    if not any(pattern.match(lines[index]) for pattern in (_FROM, _SENT, _SUBJECT)):
        return 0
    block, last = _block(lines[index : index + _MAX_FIELDS * 2])
    return last if sure or _is_header_block(block) else 0


def _block(lines: list[str]) -> tuple[list[str], int]:
    """The field lines, and where the last one (with its folds) ends; single blank lines may stand between fields."""
    block: list[str] = []
    last = 0
    for number, line in enumerate(lines, start=1):
        if any(pattern.match(line) for pattern in (_FROM, _SENT, _TO, _SUBJECT)):
            block.append(line)
            last = number
        elif _ends_block(line, lines, number, last):
            break
        elif line.strip():
            last = number
    return block, last


def _ends_block(line: str, lines: list[str], number: int, last: int) -> bool:
    """A blank ends it unless a field follows; other text ends it unless it is a folded list of addresses."""
    if not line.strip():
        following = lines[number] if number < len(lines) else ""
        return not any(pattern.match(following) for pattern in (_SENT, _TO, _SUBJECT))
    return number != last + 1 or "@" not in line


def _is_header_block(block: list[str]) -> bool:
    has = [any(pattern.match(line) for line in block) for pattern in (_FROM, _SENT, _TO, _SUBJECT)]
    addressed = any("@" in line for line in block)
    return has[0] and ((has[3] and (has[1] or has[2])) or (has[1] and has[2] and addressed))
