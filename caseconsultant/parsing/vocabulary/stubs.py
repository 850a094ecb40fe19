"""Text parts that only say they are none."""

from __future__ import annotations

STUBS = {
    "en": (
        r".{0,60}(?:does not|doesn['’]t|cannot|can['’]t|unable to|not able to|without) .{0,60}HTML.{0,300}",
        r"this (?:is an? |message is in |e-?mail is in |message is an? |message contains )?HTML.{0,300}",
        r"(?:please )?view (?:this|it|the) (?:e-?mail|message)? ?(?:in|with|on) (?:your browser|an HTML|a browser).{0,300}",
        r"(?:if you (?:can see|are seeing|are reading) this|to view (?:this|the) (?:e-?mail|message)).{0,300}",
        r"\[?(?:no text|text version not available|html only)\]?.{0,60}",
    ),
    "de": (r".{0,80}HTML.{0,60}(?:angezeigt|darstellen|anzeigen|unterstützt|lesen).{0,200}",
           r".{0,60}(?:unterstützt|kann).{0,40}HTML.{0,200}"),
    "fr": (r".{0,80}(?:ne (?:prend|supporte|peut)|nécessite).{0,80}HTML.{0,200}", r".{0,60}format HTML.{0,200}"),
    "es": (r".{0,80}(?:no (?:soporta|admite|puede|permite)).{0,60}HTML.{0,200}", r".{0,40}formato HTML.{0,200}"),
    "pt": (r".{0,80}(?:não (?:suporta|aceita|pode)).{0,60}HTML.{0,200}",),
    "it": (r".{0,80}(?:non (?:supporta|è in grado|può)).{0,60}HTML.{0,200}",),
    "nl": (r".{0,80}(?:ondersteunt geen|kan geen|niet).{0,60}HTML.{0,200}",),
    "pl": (r".{0,80}nie (?:obsługuje|może).{0,60}HTML.{0,200}",),
    "ru": (r".{0,80}не поддерживает.{0,60}HTML.{0,200}",),
}  # fmt: skip
