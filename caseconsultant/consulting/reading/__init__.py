"""Reading a question: codes, quantities, context, what is asked."""

from caseconsultant.consulting.reading.question import read_question

__all__ = ["read_question"]
