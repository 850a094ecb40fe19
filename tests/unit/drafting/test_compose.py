from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from caseconsultant.domain.answer import Answer, Branch, Consultation, Reference, Verdict
from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.question import Topic
from caseconsultant.domain.records import Source
from caseconsultant.drafting import compose
from caseconsultant.drafting.numbering import letter
from caseconsultant.drafting.records import Body
from caseconsultant.drafting.rendering import render
from caseconsultant.parsing import redact

_SOURCE = Source(
    "ncci-ptp", "CMS", "NCCI edits", "30.2", date(2024, 7, 1), date(2024, 9, 30),
    "https://www.cms.gov/ncci", "",
)  # fmt: skip


def _sources(source_id: str) -> Source | None:
    return _SOURCE if source_id == "ncci-ptp" else None


def _answer(consultation: Consultation) -> Body:
    return compose.answer(consultation, sources=_sources, greeting_name="Dana Ruiz, CPC")


def test_the_bottom_line_comes_first(consultation: Consultation) -> None:
    assert _answer(consultation).text.startswith(
        "Hello Dana,\n\nShort answer: it depends. 96369 x1 and 96370 x2 are right.\n"
    )


def test_claim_lines_are_aligned_with_their_conditions(consultation: Consultation) -> None:
    text = _answer(consultation).text
    assert (
        "\n  96369  x1\n  96370  x2\n  96372  x1  with modifier 59 or XU, only if a different drug was injected\n"
        in text
    )
    assert "\n             (Medicare, office)\n" in text


def test_a_standing_line_names_its_modifiers(consultation: Consultation, answer: Answer) -> None:
    earned = replace(answer, codes={"96369": 1, "96372": 1}, conditional=(), earned={"96372": ("59", "XU")})
    text = _answer(replace(consultation, answer=earned)).text
    assert "\n  96369  x1\n  96372  x1  with modifier 59 or XU\n" in text


def test_each_statement_has_its_marks_arithmetic_and_branch(consultation: Consultation) -> None:
    text = _answer(consultation).text
    assert "- 96370 is each further hour. [1]\n    200 - 60 = 140\n" in text
    assert "Payment (Medicare, office):\n\n- 96372 is column two to 96369. [1] [2]\n" in text


def test_sources_are_numbered_with_publisher_title_locator_and_edition(consultation: Consultation) -> None:
    text = _answer(consultation).text
    assert "[1] time-rule, edition 2026: 96370.\n" in text
    assert "[2] CMS, NCCI edits, edition 2024-07-01: 96369/96372.\n" in text
    assert "    https://www.cms.gov/ncci\n" in text


def test_places_in_one_publication_share_its_number_and_are_lettered(
    consultation: Consultation, answer: Answer
) -> None:
    mue = [replace(answer.findings[1], statement=f"Limit {n}", references=(Reference("mue", n, "3"),)) for n in "12"]
    text = _answer(replace(consultation, answer=replace(answer, findings=tuple(mue)))).text
    assert "Limit 1. [1a]" in text
    assert "Limit 2. [1b]" in text
    assert "[1] mue, edition 3: (a) 1; (b) 2.\n" in text


def test_letters_go_on_after_z() -> None:
    assert [letter(place) for place in (0, 25, 26, 51, 52)] == ["a", "z", "aa", "az", "ba"]


def test_what_the_note_must_say_stands_apart_from_why(consultation: Consultation) -> None:
    text = _answer(consultation).text
    assert text.index("Why\n---") < text.index("What the note must say") < text.index("Start and stop times. [1]")


def test_the_note_section_leads_each_entry_with_its_lines(consultation: Consultation, answer: Answer) -> None:
    said = "For 96369 and 96370 the note must say: start and stop times."
    finding = replace(answer.findings[2], statement=said)
    text = _answer(replace(consultation, answer=replace(answer, findings=(finding,)))).text
    assert "What the note must say\n----------------------\n\n- 96369, 96370: start and stop times. [1]\n" in text


def test_other_settings_and_payers_stand_apart_from_what_was_asked_about(
    consultation: Consultation, answer: Answer
) -> None:
    commercial, everyone, office = (
        replace(answer.findings[1], statement=name, branch=branch)
        for name, branch in (
            ("C", Branch(Payer.COMMERCIAL)),
            ("E", Branch()),
            ("O", Branch(Payer.MEDICARE, Setting.OFFICE)),
        )
    )
    question = replace(consultation.question, payer=Payer.MEDICARE, setting=Setting.OFFICE)
    found = Consultation(question, replace(answer, findings=(commercial, everyone, office)), "a1")
    text = _answer(found).text
    assert text.index("- Medicare, office: O.") < text.index("Other settings and payers")
    assert text.index("- E.") < text.index("Other settings and payers") < text.index("- Commercial payer: C.")


def test_modifiers_have_a_section_of_their_own(consultation: Consultation, answer: Answer) -> None:
    finding = replace(answer.findings[1], topic=Topic.MODIFIERS)
    text = _answer(replace(consultation, answer=replace(answer, findings=(finding,)))).text
    assert "Which modifier\n--------------\n" in text
    assert "Payment" not in text


def test_an_edition_gap_is_a_plain_sentence(consultation: Consultation) -> None:
    text = " ".join(_answer(consultation).text.split())
    assert "You named no date of service, so this is answered for November 23, 2026." in text
    assert "Some tables we hold end before November 23, 2026: NCCI edits, September 30, 2024. Check" in text


def test_tables_that_end_on_one_day_are_named_together(consultation: Consultation, answer: Answer) -> None:
    gaps = ("mue ends 2024-09-30", "late ends 2025-12-31", "ncci-ptp ends 2024-09-30")
    text = " ".join(_answer(replace(consultation, answer=replace(answer, edition_gap=gaps))).text.split())
    assert "2026: mue and NCCI edits, September 30, 2024; late, December 31, 2025. Check" in text


def test_four_neighboring_places_are_marked_as_a_run(consultation: Consultation, answer: Answer) -> None:
    finding = replace(answer.findings[1], references=tuple(Reference("mue", code, "3") for code in "1234"))
    text = _answer(replace(consultation, answer=replace(answer, findings=(finding,)))).text
    assert "[1a-d]\n" in text


def test_text_and_html_say_the_same(consultation: Consultation) -> None:
    body = _answer(consultation)
    for words in ("it depends", "a different drug was injected", "200 - 60 = 140", "What was injected", "third unit",
                  "September 30, 2024", "96369/96372"):  # fmt: skip
        assert words in " ".join(body.text.split())
        assert words in body.html


def test_the_text_keeps_to_its_width(consultation: Consultation) -> None:
    assert all(len(line) <= 76 for line in _answer(consultation).text.split("\n"))


def test_nothing_is_rendered_for_what_an_answer_lacks(consultation: Consultation, answer: Answer) -> None:
    bare = replace(answer, codes={}, conditional=(), findings=(), asks=(), changes=(), edition_gap=(), verdict=None)
    stated = replace(consultation.question, as_of_stated=True)
    body = _answer(replace(consultation, answer=bare, question=stated))
    assert body.text == "Hello Dana,\n\nShort answer. 96369 x1 and 96370 x2 are right.\n"
    assert "<h2>" not in body.html


@pytest.mark.parametrize(
    ("verdict", "line", "label"),
    [(Verdict.YES, "96372 is paid", "Short answer: yes."), (Verdict.NO, "No, never", "Short answer. No, never."),
     (Verdict.UNKNOWN, "x", "Short answer: our sources do not settle it.")],
)  # fmt: skip
def test_the_verdict_is_said_once(
    consultation: Consultation, answer: Answer, verdict: Verdict, line: str, label: str
) -> None:
    found = _answer(replace(consultation, answer=replace(answer, verdict=verdict, bottom_line=line)))
    assert label in found.text


def test_several_questions_stand_under_their_own_headings(consultation: Consultation, answer: Answer) -> None:
    second = replace(answer, codes={"20610": 1}, conditional=(), bottom_line="20610 once")
    whole = replace(answer, bottom_line="Two answers", parts=(answer, second))
    text = _answer(replace(consultation, answer=whole)).text
    assert "Question 1: 96369, 96370, 96372\n---" in text
    assert (
        text.index("Two answers") < text.index("Question 1") < text.index("Question 2: 20610") < text.index("Sources")
    )
    assert text.count("What was injected with 96372?") == 2


def test_hostile_words_are_escaped(consultation: Consultation, answer: Answer) -> None:
    evil = "<script>alert(1)</script>"
    finding = replace(answer.findings[0], statement=evil, arithmetic=evil)
    hostile = replace(answer, bottom_line=evil, findings=(finding,), asks=(evil,), changes=(evil,), edition_gap=(evil,))
    body = compose.answer(replace(consultation, answer=hostile), sources=_sources, greeting_name=evil)
    assert "<script" not in body.html
    assert body.text.startswith("Hello,\n")


def test_an_edited_answer_keeps_its_text_and_shape(consultation: Consultation) -> None:
    body = _answer(consultation)
    edited = compose.from_text(body.subject, body.text)
    assert edited.text == body.text
    assert edited.html.count("<h2>") == body.html.count("<h2>")
    assert edited.html.count("<tr>") == body.html.count("<tr>") == 3


def test_redaction_leaves_our_own_letters_alone(consultation: Consultation) -> None:
    text = _answer(consultation).text
    assert redact(text).text == text


def test_a_reviewers_text_becomes_paragraphs_lists_and_links() -> None:
    html = compose.from_text(
        "s", "Dear <b>,\nsecond line\n\n- one\n- two\n  goes on\n\n1. first\n\nsee https://x.example/a?b=1&c."
    ).html
    assert "<p>Dear &lt;b&gt;,\nsecond line</p>" in html
    assert "<ul>\n<li>one</li>\n<li>two goes on</li>\n</ul>" in html
    assert "<ol>\n<li>first</li>\n</ol>" in html
    assert '<a href="https://x.example/a?b=1&amp;c">https://x.example/a?b=1&amp;c</a>.' in html


def test_an_empty_text_is_an_empty_body() -> None:
    assert compose.from_text("s", " \n\n ") == Body("s", "", "")


@given(st.text())
def test_any_text_becomes_escaped_html(text: str) -> None:
    html = compose.from_text("s", text).html
    assert "<script" not in html


NOTICES: list[tuple[Callable[[], Body], str]] = [
    (lambda: compose.acknowledgement(greeting_name="Dana"), "We have your question"),
    (lambda: compose.ask(questions=["What <drug>?"], note="Thanks", greeting_name="Dana"), "What <drug>?"),
    (lambda: compose.ask(questions=["What <drug>?"], greeting_name="Dana"), "What <drug>?"),
    (lambda: compose.declined(reason="It is about <x>", greeting_name="Dana"), "It is about <x>."),
    (
        lambda: compose.quota_used(allowance="1 question", how_to_register="Write <x>", greeting_name="Dana"),
        "1 question",
    ),
    (lambda: compose.could_not_read(reason="No <text>", greeting_name="Dana"), "No <text>."),
    (lambda: compose.registered(allowance="6 <questions>", greeting_name="Dana"), "6 <questions>."),
]


@pytest.mark.parametrize(("make", "words"), NOTICES)
def test_each_notice_is_written_in_text_and_html(make: Callable[[], Body], words: str) -> None:
    body = make()
    assert body.subject
    assert body.text.startswith("Hello Dana,\n\n")
    assert words in " ".join(body.text.split())
    assert words.replace("<", "&lt;").replace(">", "&gt;") in body.html
    assert all(len(line) <= 76 for line in body.text.split("\n"))


def test_an_acknowledgement_takes_the_threads_subject() -> None:
    assert compose.acknowledgement(subject="Re: x [CC-2026-000001]").subject == "Re: x [CC-2026-000001]"


def test_a_gap_in_a_view_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        render("declined", {"greeting": "Hello,"})


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Dana Ruiz", "Hello Dana,"),
        ("Ruiz, Dana", "Hello Dana,"),
        ("Dana Ruiz, CPC", "Hello Dana,"),
        ("Ruiz, Dana, CPC", "Hello Dana,"),
        ("Ren\u00e9e O'Hara", "Hello Ren\u00e9e,"),
        ("dana@example.com", "Hello,"),
        ("D4na", "Hello,"),
        ("Click http://x.example", "Hello Click,"),
        ("", "Hello,"),
        (None, "Hello,"),
        (",,", "Hello,"),
    ],
)
def test_people_are_greeted_by_their_given_name(name: str | None, greeting: str) -> None:
    assert compose.greeting(name) == greeting
