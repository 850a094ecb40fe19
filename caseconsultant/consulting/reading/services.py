"""Services and circumstances named in words, where no code says them."""

from __future__ import annotations

import re
from dataclasses import replace

from caseconsultant.consulting.reading.text import Sentences, blank
from caseconsultant.domain.codes import Span
from caseconsultant.domain.question import Circumstance, DurationMention, Service, ServiceMention

_SC = r"(?:sub-?\s?cutaneous(?:ly)?|sub-?\s?cut|sub-?q|s\.c\.|sc|sq)"
_IG = (
    r"(?:immun[eo]?\s?-?globulin|immunoglobulin|\big\b|scig|hizentra|xembify|cuvitru|cutaquig|hyqvia|"
    r"gamunex-?c?|gammaked|gammagard)"
)
_GAP = r"[^.?!\n]{0,60}?"
_SERVICES: tuple[tuple[Service, re.Pattern[str]], ...] = tuple(
    (service, re.compile(pattern, re.IGNORECASE))
    for service, pattern in (
        (
            Service.FLUSH,
            (
                r"\b(?:saline|heparin|line|port)\s(?:flush(?:es)?|lock)\b|\bflush(?:ed|es|ing)?\b|\bkvo\b|"
                r"\bkeep[\s-]?(?:vein[\s-])?open\b"
            ),
        ),
        (
            Service.CHEMO_INFUSION,
            (
                r"\bchemo(?:therapy)?\b[^.?!\n]{0,40}?\b(?:infus\w{1,5}|drip)\b|"
                r"\binfus\w{1,5}\b[^.?!\n]{0,20}?\bchemo(?:therapy)?\b|"
                r"\bchemo(?:therapy)?\s(?:\w{1,12}\s){0,2}?(?:ran|lasted|went|took)\b"
            ),
        ),
        (
            Service.SC_INFUSION,
            (
                rf"\b(?:scig|hizentra|xembify|cuvitru|cutaquig|hyqvia)\b(?:{_GAP}\b(?:infus\w{{1,5}}|pump)\b)?|"
                rf"\b{_SC}\b\s(?:\w{{1,20}}\s){{0,3}}?{_IG}(?:{_GAP}\b(?:infus\w{{1,5}}|pump)\b)?|"
                rf"\b{_IG}\b{_GAP}\b{_SC}\b|\b{_SC}\b[^.?!\n]{{0,40}}?\b(?:infus\w{{1,5}}|pump)\b|"
                rf"\binfus\w{{1,5}}\b[^.?!\n]{{0,40}}?\b{_SC}\b"
            ),
        ),
        (
            Service.IV_PUSH,
            (
                r"\b(?:iv|intravenous(?:ly)?)[\s-]?(?:push(?:es|ed)?|bolus(?:es)?)\b|\bivp\b|\bpush(?:ed|es)?\b|"
                r"\bslow\spush\b"
            ),
        ),
        (
            Service.HYDRATION,
            (
                r"\bhydrat\w{1,5}\b|\b(?:normal|0?\.9\s?%)\ssaline\b|\b(?-i:NS|LR|NSS|D5W)\b|\blactated?\sringer'?s?\b|"
                r"\biv\sfluids?\b|\bfluids?\s(?:for|due to|because of)\s(?:the\s)?(?:(?:de|re)?hydrat|volume)\w*|"
                r"\brehydrat\w{1,5}\b|\bfluids?\s(?:were\s|was\s)?(?:hung|ran|running|given)\b|"
                r"\bliters? of (?:fluid|ns|saline|lr)\b|"
                r"\b(?-i:IVF)\b|\bsaline\b"
            ),
        ),
        (
            Service.IV_INFUSION,
            (
                r"\b(?:iv|intravenous(?:ly)?)\b[^.?!\n]{0,40}?\b(?:infus\w{1,5}|drips?|antibiotics?)\b|"
                r"\binfus\w{1,5}\b[^.?!\n]{0,25}?\b(?:iv|intravenous(?:ly)?)\b|"
                r"\bivpb\b|\bpiggy\s?back\b|\bivig\b|\biv\s(?:over|for|x)\s(?=\d)|\biv\s(?=\d[\d.]{0,3}\s?-?(?:h|min))|"
                r"\biv\s(?!p)[^.,;?!\n]{1,30}?\bover\s(?=\d)"
            ),
        ),
        (
            Service.INJECTION,
            (
                rf"\b(?:im|intra-?muscular(?:ly)?|{_SC}|b-?12|cortico\w*|depo\w{{0,12}}|toradol|rocephin|"
                rf"lidocaine)\s(?:\w{{1,20}}\s)?(?:inj\w{{0,8}}|shots?)\b|"
                r"\binject(?:ions?|ed)\b[^.?!\n]{0,20}?\b(?:im|intra-?muscular)\b|\b(?:given|"
                r"gave)\s(?:\w{1,20}\s){0,3}im\b|\binjections?\b|"
                r"\bshots?\b(?!\s(?:up|down|of|through|past|out)\b)|"
                r"(?-i:\bIM\b)(?!\s(?:office|clinic|practice|group|doc|doctor|physician|provider|specialty|department|"
                r"resident|visit|note|and FP)\b)|\bintra-?muscular(?:ly)?\b"
            ),
        ),
        (Service.INFUSION, r"\binfus(?:ions?|ed|ing)\b(?!\s(?:cent(?:er|re)|clinic|suite|dep|room|nurse))"),
        (Service.VISIT, r"\b(?:office|clinic|nurse|nursing|established|new\spatient)\svisit\b|\be\s?[/&]\s?m\b"),
    )
)

_CHOICE = re.compile(
    r"\bpush\s(?:or|vs\.?|versus)\s(?:an?\s)?infusion\b|\binfusion\s(?:or|vs\.?|versus)\s(?:an?\s)?(?:iv\s)?push\b|"
    r"\bnew\s(?:(?:pt|patient)\s)?(?:or|vs\.?|versus)\s(?:an?\s)?est|\blevel\s[1-5]\s(?:or|vs\.?|versus)\s(?:level\s)?[1-5]\b",
    re.IGNORECASE,
)
_OTHER_INJECTION = re.compile(
    r"\b(?:knee|shoulder|joint|bursa|trigger\spoint|epidural|facet|nerve|tendon|intra-?articular|intravitreal|eye|"
    r"spinal|botox)\s"
    r"(?:\w{1,12}\s){0,2}(?:inj\w{0,8}|blocks?|shots?)\b|"
    r"\b(?:inj\w{0,8}|shots?)\s(?:to\s|of\s|in\s|into\s|at\s|for\s)?(?:the\s|her\s|his\s|both\s|"
    r"bilateral\s)?(?:left\s|right\s|rt\s|lt\s|l\s|r\s)?"
    r"(?:knees?|shoulders?|hips?|joints?|bursa\w*|elbows?|wrists?|ankles?|trigger|tendon|heel|"
    r"plantar|carpal|si\b|sacroiliac|facet|"
    r"epidural|eyes?|finger|thumb|toe)\b|"
    r"\binject\w{0,4}\s(?:into\s)?(?:the\s)?(?:knee|shoulder|"
    r"joint|eye|tendon)\b",
    re.IGNORECASE,
)
"""Procedures of their own, none of them 96372."""
_BARE_INJECTION = re.compile(r"injections?|shots?", re.IGNORECASE)
"""Beside such a procedure it means that one again."""
_NEGATED = re.compile(
    r"\b(?:no|nothing|none|not|without|wasn't|isn't|never|nor|non|aren't|weren't|didn't)\b[^.,;?!\n]{0,18}$",
    re.IGNORECASE,
)
_DISTINCT = r"(?:diff?e?r[ea]?nt|separate|another|second|other|new|distinct|2nd|additional|unrelated)"
_CIRCUMSTANCES: tuple[tuple[Circumstance, re.Pattern[str]], ...] = tuple(
    (circumstance, re.compile(pattern))
    for circumstance, pattern in (
        (
            Circumstance.LOCAL_ANAESTHETIC,
            r"\blidocaine\b|\bxylocaine\b|\blocal an(?:a)?esth\w{3,6}\b|\bnumb(?:ing|ed)?\b|\bemla\b|\blmx\b",
        ),
        (Circumstance.FLUSH, r"\b(?:saline|heparin|line|port)\s(?:flush(?:es)?|lock)\b|\bflush(?:ed|es|ing)?\b"),
        (
            Circumstance.OTHER_DRUG,
            (
                rf"\b(?:{_DISTINCT})\s(?:\w{{1,14}}\s)?(?:drugs?|antibiotics?|abx|med(?:ication|icine)?s?|"
                rf"substances?|agents?|injections?|shots?)\b"
            ),
        ),
        (
            Circumstance.SAME_DRUG,
            r"\bsame\s(?:drug|med(?:ication|icine)?|substance|product)\b|\bfirst dose\b|\bloading dose\b",
        ),
        (
            Circumstance.ONE_DRUG,
            (
                r"\b(?:(?:for|of|with|only|just|a)\s)(?:one|1|single)\s(?:iv\s)?(?:drugs?|med(?:ication|icine)?s?|"
                r"antibiotics?|abx|agents?)\b(?!\s(?:was\s|were\s|is\s)?(?:a\s)?(?:by\s|iv\s)?(?:push|each|per))|"
                r"\bsingle\s(?:drug|med(?:ication)?|antibiotic)\b|"
                r"\bone\s(?:drug|med(?:ication)?|antibiotic)\b(?=\s?(?:[.,;?]|$|only\b|for\s\d|\d|ran\b|alone\b))"
            ),
        ),
        (
            Circumstance.OTHER_SITE,
            (
                rf"\b(?:{_DISTINCT})\s(?:\w{{1,14}}\s){{0,2}}?(?:lesion|mole|wound|ulcer|joint|knee|shoulder|elbow|"
                rf"wrist|breast|"
                r"eye|ear|finger|toe|tooth|teeth|side|polyp|muscle|structure|organ|foot|feet|region|nodule|laceration|"
                r"compartment|vessel|artery|level|tendon|spot|ak)s?\b|"
                r"\bone on (?:the\s)?\w+(?: \w+)? and (?:the other|one|another) on\b|\bopposite (?:side|limb|leg|"
                r"arm|breast|eye)\b|"
                rf"\b(?:{_DISTINCT})\s(?:\w{{1,14}}\s)?(?:site|arm|thigh|leg|hip|location|vein|access|"
                rf"iv(?!p|\s(?:push|inf|drip|bolus))|area|limb|deltoid|extremity)s?\b|\btwo\s(?:iv\s(?:lines|sites)|"
                rf"sites|ivs)\b|"
                r"\b(?:left|right)\s(?:arm|deltoid|thigh|hip|gluteal)\b"
            ),
        ),
        (
            Circumstance.OTHER_ENCOUNTER,
            (
                r"\b(?:separate|second|different|another|later)\s(?:encounter|visit|session)\b|\bcame back\b|"
                r"\breturned\b|\blater (?:that|the same) day\b"
            ),
        ),
        (
            Circumstance.NEW_PUMP,
            rf"\b{_DISTINCT}\s(?:\w{{1,14}}\s)?(?:pump|set-?\s?up)s?\b|\btwo\spumps\b|\bpump\s(?:changed|replaced)\b",
        ),
        (
            Circumstance.SAME_SITE,
            (
                r"\bsame\s(?:site|line|iv|arm|access)\b|\bsame\s(?:iv\s)?(?:line|access)\b|"
                r"\b(?:the|one)\s(?:very\s)?same\s(?:\w{1,14}\s)?(?:lesion|wound|ulcer|joint|knee|shoulder|polyp|"
                r"breast|eye|side|mole|"
                r"nodule|compartment|finger|toe|level|vessel|area|spot)\b|\bsame\s(?:lesion|wound|ulcer|joint|knee|"
                r"shoulder|polyp|"
                r"breast|eye|side|mole|nodule|compartment|finger|toe|level|vessel|area|spot)\b"
            ),
        ),
        (
            Circumstance.SELF_ADMINISTERED,
            r"\bself[\s-]?(?:administ\w{1,8}|infus\w{1,4}|inject\w{1,4})\b|\btaught\b|\btraining\b",
        ),
        (
            Circumstance.SEPARATE_VISIT_WORK,
            (
                r"\b(?:significant|separate(?:ly identifiable)?|unrelated|new)\s(?:\w{1,14}\s)?(?:e/?m|problem|"
                r"complaint|evaluation|work-?up|visit)\b"
            ),
        ),
        (Circumstance.KEEP_OPEN, r"\bkvo\b|\btko\b|\bkeep(?:ing)?[\s-](?:the\s)?(?:vein|line|iv)?[\s-]?open\b"),
        (
            Circumstance.CONCURRENT_FLUID,
            (
                r"\b(?:hydrat\w{1,5}|fluids?|saline|ns|lr)\b[^.?!\n]{0,50}?\b(?:concurrent\w{0,2}|simultaneous\w{0,2}|"
                r"at the same time|while the|during the)\b|\bconcurrent\shydration\b"
            ),
        ),
        (
            Circumstance.NO_STOP_TIME,
            (
                r"\b(?:no|without|missing|lacks?|not?\s(?:a|any))\s(?:documented\s)?(?:start\s(?:and|or|/)\s)?"
                r"(?:stop|end)(?:\sand\sstart)?\stimes?\b|\b(?:stop|end)\stimes?\s(?:is|are|was|were)?\s?(?:not|"
                r"missing|never)\b|"
                r"\bno\s(?:infusion\s)?times\b|"
                r"\b(?:never|not|n't|forgot(?:\sto)?|failed\sto|did\snot)\s(?:\w+\s)?(?:chart|document|record|writ|wrote|not|log)\w*\s"
                r"(?:the\s|an?\s|any\s)?(?:\w+\s)?(?:stop|end)(?:ing)?\stimes?\b|"
                r"\b(?:stop|end)(?:ing)?\stimes?\s(?:was\s|were\s|is\s)?(?:left\s)?(?:blank|omitted|undocumented|missing|illegible)\b"
            ),
        ),
        (
            Circumstance.VACCINE,
            (
                r"\bvaccin\w{1,6}\b|\bimmuniz\w{2,6}\b|\b(?:flu|tetanus|tdap|covid|pneumonia|"
                r"shingles)\s(?:\w{1,8}\s)?(?:shot|booster)s?\b"
            ),
        ),
        (Circumstance.ALLERGEN, r"\ballerg(?:y|en)\s(?:\w{1,12}\s)?(?:shot|injection|immunotherapy|serum|extract)s?\b"),
        (
            Circumstance.SUPERVISION,
            (
                r"\bincident[\s-]to\b|\bsupervis\w{2,4}\b|"
                r"\b(?:no|without (?:a|the|any))\s(?:physician|doctor|provider|md|np)\b|"
                r"\b(?:physician|doctor|provider)\s(?:was\s|is\s)?(?:not\sin|out\b|out\sof|off[\s-]?site|away|"
                r"not\spresent)"
            ),
        ),
        (Circumstance.TWO_LUMENS, r"\blum(?:ens?|ina)\b"),
        (Circumstance.HYALURONIDASE, r"\bhyaluronidase\b"),
        (
            Circumstance.NOTHING_DISCARDED,
            (
                r"\b(?:all|the whole|the entire|whole|entire)\s(?:of it|vial|dose|amount|syringe|bag)?\s?"
                r"(?:was\s|were\s)?(?:given|used|infused|administered|injected)\b|"
                r"\b(?:nothing|none|no\s(?:drug|amount|product))\s(?:was\s|were\s)?(?:discarded|wasted|left)\b|"
                r"\bno\s(?:waste|wastage|discard)\b|\bzero\swaste\b"
            ),
        ),
        (Circumstance.DISCARDED, r"\b(?:discarded|wasted)\b"),
        (
            Circumstance.OBSERVATION,
            (
                r"\b(?:bill|count|charg|report|includ|add)\w{0,4}\b[^.?!\n]{0,30}\b(?:observation|monitoring|wait)\b|"
                r"\b(?:observation|monitoring|wait)\b[^.?!\n]{0,40}\b(?:bill|count|charg|separate|report)\w{0,4}\b"
            ),
        ),
    )
)
_LONGEST_REACH = 90
_JOINS = re.compile(
    r"[^.?!\n\d]{0,16}\b(?:for|over|x|ran|lasted|lasting|infused)\s(?:about\s|approx\w{0,9}\s)?", re.IGNORECASE
)


def services(text: str, *, within: Sentences, durations: tuple[DurationMention, ...]) -> tuple[ServiceMention, ...]:
    """The services a text names in words, each stretch read once, with the length of time nearest in its sentence."""
    found: list[ServiceMention] = []
    aside = [*_CHOICE.finditer(text), *_OTHER_INJECTION.finditer(text)]
    rest = blank(text, [Span(*match.span()) for match in aside])
    for service, pattern in _SERVICES:
        matches = [
            match for match in pattern.finditer(rest) if not (aside and _BARE_INJECTION.fullmatch(match.group()))
        ]
        spans = [Span(*match.span()) for match in matches]
        found += [ServiceMention(service, span) for span in spans if not _negated(text, span.start)]
        rest = blank(rest, spans)
    found.sort(key=lambda each: each.span.start)
    return _timed(text, found, durations, within)


def asks_to_choose(text: str) -> bool:
    """Whether the sender asks which of two services it was (`push or infusion?`)."""
    return _CHOICE.search(text) is not None


def circumstances(text: str) -> tuple[Circumstance, ...]:
    """The circumstances a text states, none of those it denies."""
    lowered = text.lower()  # patterns in small letters are many times as fast as ones that ignore case
    return tuple(
        circumstance
        for circumstance, pattern in _CIRCUMSTANCES
        if any(not _negated(lowered, match.start()) for match in pattern.finditer(lowered))
    )


def _negated(text: str, start: int) -> bool:
    return _NEGATED.search(text[max(0, start - 30) : start]) is not None


_TIMED = frozenset(
    {
        Service.SC_INFUSION,
        Service.IV_INFUSION,
        Service.CHEMO_INFUSION,
        Service.HYDRATION,
        Service.INFUSION,
        Service.FLUSH,
    }
)


def _timed(
    text: str, found: list[ServiceMention], durations: tuple[DurationMention, ...], within: Sentences
) -> tuple[ServiceMention, ...]:
    """Every length of time goes to the nearest timed service of its sentence that has none yet."""
    minutes: dict[int, int] = {}
    timed = [index for index, each in enumerate(found) if each.service in _TIMED]
    first = 0
    for duration in durations:
        while first < len(timed) and found[timed[first]].span.end < duration.span.start - _LONGEST_REACH:
            first += 1
        near = [
            index
            for index in timed[first : first + 8]
            if index not in minutes and _reaches(found[index].span, duration.span, within)
        ]
        if near and not duration.codes:
            nearest = min(near, key=lambda index: _distance(text, found[index].span, duration.span))
            minutes[nearest] = duration.minutes
    return tuple(replace(each, minutes=minutes.get(index)) for index, each in enumerate(found))


def _reaches(service: Span, duration: Span, within: Sentences) -> bool:
    return _gap(service, duration) <= _LONGEST_REACH and within.together(service.start, duration.start)


def _distance(text: str, service: Span, duration: Span) -> int:
    """Code points between; none where the words join the two (`fluids for 4 hours`)."""
    joined = service.end <= duration.start and _JOINS.fullmatch(text, service.end, duration.start)
    return 0 if joined else _gap(service, duration)


def _gap(first: Span, second: Span) -> int:
    return max(first.start - second.end, second.start - first.end, 0)
