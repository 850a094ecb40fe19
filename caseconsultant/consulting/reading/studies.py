"""Tests and images by their plain names, as far as the words fix one code or one family."""

from __future__ import annotations

import re

_NAMES: tuple[tuple[str, str], ...] = (
    (
        (
            r"\b(?:complete )?(?:trans-?thoracic )?echo(?:cardiogram\w?|es|s)"
            r"?\b(?=[^.?!\n]*\b(?:doppler|color)\b)|\bcomplete (?:tte|echo)\b"
        ),
        "93306",
    ),
    (r"\b(?:limited|follow-?up) (?:tte|echo\w*)\b", "93308"),
    (
        (
            r"\b(?:chest|cxr)\b[^.?!\n]{0,24}\b(?:one|1|single|portable|ap)[\s-]?views?\b|"
            r"\bportable (?:chest|cxr)\b|\b(?:one|1|single)[\s-]view (?:chest|cxr)\b"
        ),
        "71045",
    ),
    (
        (
            r"\b(?:chest|cxr)\b[^.?!\n]{0,24}\b(?:two|2|pa (?:and|&|/) ?lat\w*)[\s-]?(?:views?|v\b)?|"
            r"\b(?:two|2)[\s-]view (?:chest|cxr)\b|\bpa (?:and|&) ?lat\w* (?:chest|cxr)\b"
        ),
        "71046",
    ),
    (
        (
            r"\b(?:ekgs?|ecgs?)\b[^.?!\n]{0,60}\b(?:interpretations?|reads?|reading|report)"
            r" (?:and report )?only\b|\b(?:interpretations?|reading) of (?:an? |the )?(?:12[- ]lead )"
            r"?e[kc]gs?\b|\b(?:only |just )(?:reads?|interprets?) (?:the |our )?e[kc]gs?\b"
        ),
        "93010",
    ),
    (r"\b(?:ekg|ecg) tracing only\b|\btracing only\b", "93005"),
)
_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE), code) for pattern, code in _NAMES)


def named_studies(text: str) -> tuple[str, ...]:
    """The codes of the tests named in words, in the order of the list."""
    return tuple(dict.fromkeys(code for pattern, code in _PATTERNS if pattern.search(text)))
