"""Mail bytes to a ParsedMessage; patient data out of a text. Pure: no clock, no I/O, and nothing here raises."""

from __future__ import annotations

from caseconsultant.parsing.contract import parsed_object
from caseconsultant.parsing.disposition import command
from caseconsultant.parsing.phi import patient_identifiers, redact
from caseconsultant.parsing.reading import parse
from caseconsultant.parsing.subject import bare_subject, question_text

__all__ = ["bare_subject", "command", "parse", "parsed_object", "patient_identifiers", "question_text", "redact"]
