from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseconsultant.parsing.body import split

ATTRIBUTIONS = [
    "On Mon, Mar 4, 2024 at 8:00 AM Coding <consult@example.org> wrote:",
    "On Mar 4, 2024, at 8:00 AM, Coding Consultant\n<consult@example.org> wrote:",
    "Am Mo., 4. M\u00e4rz 2024 um 08:00 Uhr schrieb Coding <consult@example.org>:",
    "Le lun. 4 mars 2024 \u00e0 08:00, Coding <consult@example.org> a \u00e9crit :",
    "El lun, 4 mar 2024 a las 8:00, Coding (<consult@example.org>) escribi\u00f3:",
    "Il giorno lun 4 mar 2024 alle ore 08:00 Coding <consult@example.org> ha scritto:",
    "Em seg., 4 de mar. de 2024 \u00e0s 08:00, Coding <consult@example.org> escreveu:",
    "Op ma 4 mrt 2024 om 08:00 schreef Coding <consult@example.org>:",
    "W dniu 4.03.2024 o 08:00, Coding <consult@example.org> napisa\u0142(a):",
    "Coding Consultant <consult@example.org> wrote on 03/04/2024:",
    "2024-03-04 8:00 GMT+01:00 Coding <consult@example.org>:",
]


def test_a_line_with_an_address_right_above_a_quote_needs_no_known_language() -> None:
    assert split("Hi.\n\nThu, 26 Jun 2014 14:00 ot A L <abc@example.com>:\n> When?").text == "Hi."


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
@pytest.mark.parametrize("quote", ["> What was injected?", "What was injected?"])
def test_what_stands_under_an_attribution_is_quoted(attribution: str, quote: str) -> None:
    found = split(f"It was ketorolac.\n\n{attribution}\n\n{quote}\n")
    assert found.text == "It was ketorolac."
    assert found.quoted.startswith(attribution.split("\n", maxsplit=1)[0])


@pytest.mark.parametrize(
    "divider",
    [
        "-----Original Message-----\nFrom: Coding\nSent: Monday\nTo: Dana\nSubject: 96372",
        "________________________________\nVon: Coding\nGesendet: Montag\nAn: Dana\nBetreff: 96372",
        "From: Coding <consult@example.org>\nDate: Monday\nTo: Dana <dana@example.com>\nSubject: 96372",
        "*From:* Coding <consult@example.org>\n*Sent:* Monday\n*To:* Dana\n*Subject:* 96372",
        "De : Coding <consult@example.org>\nEnvoy\u00e9 : lundi\n\u00c0 : Dana\nObjet : 96372",
        "-------- Urspr\u00fcngliche Nachricht --------\nVon: Coding",
        "Begin forwarded message:\n\nFrom: Coding <consult@example.org>\nSubject: 96372\nDate: Monday\nTo: Dana",
    ],
)
def test_what_stands_under_a_divider_is_quoted(divider: str) -> None:
    found = split(f"It was ketorolac.\n\n{divider}\n\nWhat was injected?\n")
    assert found.text == "It was ketorolac."
    assert "What was injected?" in found.quoted


@pytest.mark.parametrize(
    "text",
    [
        "On 3/4/2024 the surgeon wrote:\nno complications. Is 20610 right?",
        "From: 10:00\nTo: 13:20\n96369 and 96370 x2?",
        "On the second unit of 96370, which minute counts?",
        "A patient had 96372.\nSent from the ED to our clinic for the infusion, 96369?\nMedicare.",
        "From the note: infusion 10:00\nTo bill: 96369\nSubject to review?",
        "Codes:\n-----\n96369\n96370",
        "Is 96369 -- not 96372 -- right?",
    ],
)
def test_the_senders_own_words_are_no_quote(text: str) -> None:
    assert split(text).text == text


def test_a_line_that_begins_with_on_above_an_attribution_is_kept() -> None:
    found = split(
        "On the second unit: it was 31 minutes.\nOn Mon, Mar 4, 2024 at 8:00 AM C <c@example.org> wrote:\n> When?"
    )
    assert found.text == "On the second unit: it was 31 minutes."


@pytest.mark.parametrize(
    "footer",
    [
        "Sent from my iPhone",
        "Get Outlook for iOS<https://aka.ms/o0ukef>",
        "Von meinem iPhone gesendet",
        "Envoy\u00e9 de mon iPhone",
        "Enviado desde mi iPhone",
        "Sent from Yahoo Mail on Android",
    ],
)
def test_telephone_footers_are_signature(footer: str) -> None:
    found = split(f"Is 96372 valid?\n\n{footer}\n")
    assert (found.text, found.signature) == ("Is 96372 valid?", footer)


@pytest.mark.parametrize(
    "notice",
    [
        "CONFIDENTIALITY NOTICE: This message is for the recipient only.",
        "This email and any attachments are confidential and intended solely for the addressee.",
        "The information contained in this e-mail is privileged.\n\nIf you are not the intended recipient, delete it.",
    ],
)
def test_confidentiality_notices_are_signature(notice: str) -> None:
    found = split(f"Is 96372 valid?\n\n{notice}\n")
    assert (found.text, found.signature) == ("Is 96372 valid?", notice)


def test_a_card_under_a_closing_is_signature_but_a_name_is_not() -> None:
    found = split("Is 96372 valid?\n\nKind regards,\nDana Ruiz, CPC\nTel: 555-0134\n")
    assert (found.text, found.signature) == ("Is 96372 valid?\n\nKind regards,", "Dana Ruiz, CPC\nTel: 555-0134")
    assert split("Is 96372 valid?\n\nThanks,\nDana").text.endswith("Thanks,\nDana")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("> Is 96372 valid?", "Is 96372 valid?"),
        ("-- \nIs 96372 valid?", "--\nIs 96372 valid?"),
        ("-----Original Message-----\nFrom: a@example.com\nSubject: x\n\nIs 96372 valid?", "Is 96372 valid?"),
        ("On Mon, Mar 4, 2024 at 8:00 AM C <c@example.org> wrote:\n> Is 96372 valid?", "Is 96372 valid?"),
    ],
)
def test_with_nothing_new_the_older_text_is_the_text(source: str, text: str) -> None:
    assert split(source).text == text


_LINES = [
    *ATTRIBUTIONS, "> quoted", "new 96372", "-- ", "", "From: a@b.c", "Subject: x", "To: y", "Sent: z",
    "-----Original Message-----", "_______", "Thanks,", "Sent from my iPhone",
]  # fmt: skip


@given(st.lists(st.sampled_from(_LINES)))
def test_the_text_is_empty_only_where_the_source_is(lines: list[str]) -> None:
    source = "\n".join(lines)
    assert bool(split(source).text) == bool(source.strip())


def test_a_tower_of_quotes_is_taken_apart_only_so_far() -> None:
    assert split(">" * 5000 + "a").text.endswith("a")


@given(st.text())
def test_any_text_can_be_split(source: str) -> None:
    found = split(source)
    assert found.text or not source.strip(), "never empty from a text that says something"
    assert found.text == found.text.strip("\n ")
