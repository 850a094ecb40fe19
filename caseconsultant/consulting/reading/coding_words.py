"""The words that coders use of codes, found once in a text and looked up by position."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from caseconsultant.consulting.reading.text import BLANK, Sentences

_CODING = re.compile(
    r"\b(?:codes?|coded|coding|cpts?|hcpcs|bill|bills|billed|billing|billable|modifiers?|mod|qw|units?|claims?|"
    r"charges?|charged|"
    r"report|reported|reporting|reportable|procedures?|add-?on|e/?m|ptp|ncci|cci|edits?|bundl\w{0,6}|unbundl\w{0,6}|"
    r"mue|rvus?|"
    r"den(?:y|ied|ial|ials|ies)|paid|pays?|payable|reimburse\w{0,5}|valid|deleted|append|global|covered?|coverage|"
    r"superbill|"
    r"cms-?1500|ub-?04|line|lines|dx|icd|diagnos[ei]s|lcd|ncd|medicare|infusion|injection|visit|separately|scrubber|crosswalk|"
    r"descriptor|"
    r"means?|primary|level|instead)\b",
    re.IGNORECASE,
)
_BEFORE, _AFTER = 200, 205


@dataclass(frozen=True, slots=True)
class CodingWords:
    """Where the words begin, in order."""

    starts: tuple[int, ...]

    def near(self, position: int, within: Sentences) -> bool:
        """Whether one stands in the sentence around a position, at most two hundred signs away."""
        sentence = within.at(position)
        first = bisect_left(self.starts, max(sentence.start, position - _BEFORE))
        return first < len(self.starts) and self.starts[first] < min(sentence.end, position + _AFTER)


def coding_words(text: str) -> CodingWords:
    """The words of a text; what is blanked out parts words."""
    return CodingWords(tuple(match.start() for match in _CODING.finditer(text.replace(BLANK, " "))))
