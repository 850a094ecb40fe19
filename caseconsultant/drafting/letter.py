"""The letter around a body: who stands behind it, which case it is, what was asked."""

from __future__ import annotations

from functools import cache

import css_inline
from markupsafe import Markup

from caseconsultant.domain.message import Reply
from caseconsultant.drafting.quoting import bare_question
from caseconsultant.drafting.records import Body, Brand, Review
from caseconsultant.drafting.rendering import printed
from caseconsultant.drafting.wrapping import WIDTH, rewrapped

_TRADEMARK = "CPT is a registered trademark of the American Medical Association."
_NO_PROMISE = (
    "This is coding information from the sources listed, not a promise of payment and not legal advice;"
    " the payer's own rules and the signed note decide."
)
_NOBODY = "No person has reviewed this reply; a program worked it out from the sources listed."
_IDENTIFIERS = (
    "Your email held details that identify a patient. We took them out before your question was stored; please leave"
    " them out next time. The coding facts are all we need."
)
_AUTOMATIC = "This email was written by a program; a person reads your reply."


def letter(
    body: Body,
    *,
    brand: Brand,
    case_number: str | None,
    asked: str | None,
    review: Review | None,
    automatic: bool,
    identifiers_removed: bool = False,
) -> Reply:
    """Returns the mail as the sender reads it.

    `asked` is the question, patient data already taken out. `automatic`: a notice of ours (received, quota used),
    not an answer; it carries no word on coding. `identifiers_removed`: the sender is asked to leave patient data out.
    """
    view: dict[str, object] = {
        "subject": body.subject,
        "brand": brand,
        "privacy": _IDENTIFIERS if identifiers_removed else "",
        "footer": _footer(brand, case_number, review, automatic=automatic),
    }
    question = bare_question(asked or "")
    text = printed("layout/body.txt", {**view, "text": rewrapped(body.text).strip("\n"), "asked": _quoted(question)})
    # The body is our own fragment, escaped where it was made.
    fragment = Markup(body.html)  # noqa: S704
    html = printed("layout/body.html", {**view, "fragment": fragment, "asked": question})
    return Reply(body.subject, text.rstrip("\n") + "\n", _inliner().inline(html))


def _footer(brand: Brand, case_number: str | None, review: Review | None, *, automatic: bool) -> tuple[str, ...]:
    lines = [_stands_behind(review, automatic=automatic)]
    if case_number:
        lines.append(f"Case {case_number}. To follow up, reply to this email and leave the case number in the subject.")
    if not automatic:
        lines += [_NO_PROMISE, _TRADEMARK]
    return (*lines, f"{brand.name}, {brand.address}")


def _stands_behind(review: Review | None, *, automatic: bool) -> str:
    if review:
        named = ", ".join(item for item in (review.name.strip(), review.credential.strip()) if item)
        return f"Reviewed by {named}."
    return _AUTOMATIC if automatic else _NOBODY


def _quoted(question: str) -> str:
    """The question as plain text quotes: `> ` before every line, still within the width."""
    if not question:
        return ""
    return "\n".join(f"> {line}".rstrip() for line in rewrapped(question, WIDTH - 2).split("\n"))


@cache
def _inliner() -> css_inline.CSSInliner:
    """Styles onto the elements, for programs that drop style sheets; nothing is fetched."""
    return css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False, keep_at_rules=True)
