"""What mail servers write when a mail did not arrive."""

from __future__ import annotations

SUBJECTS = {
    "en": (
        r"undeliver(?:able|ed)\b.{0,80}", r"returned (?:mail|to sender|message)\b.{0,120}", r"failure notice", r"notice: mail delivery.{0,60}", r"delivery reports? about your.{0,60}", r"mail (?:delivery )?(?:failure|failed|error)\b.{0,120}",
        r"(?:permanent )?(?:delivery|mail|message) (?:delivery )?(?:status|failure|failed|notification|problem|error)\b.{0,120}", r"mail system error.{0,80}",
        r"message (?:status|you sent|delivery|not delivered|undeliverable)\b.{0,120}", r"warning: (?:could not send|message)\b.{0,120}", r"non[- ]?deliver(?:y|able)\b.{0,80}",
        r"nondeliverable mail", r"delivery has failed.{0,80}", r"could not (?:be )?(?:send|deliver\w*)\b.{0,80}", r"e-?mail delivery (?:failure|error).{0,80}",
        r"postmaster notify.{0,80}", r"delayed (?:mail|delivery).{0,80}", r"rejected mail.{0,60}", r"user unknown.{0,60}", r"unable to deliver.{0,80}",
        r"successful mail delivery report", r"(?:\*\*)?message you sent.{0,80}", r"mail could not be delivered.{0,40}", r"address not found.{0,40}", r"(?:your )?message.{0,40}(?:was )?not delivered",
    ),
    "de": (r"unzustellbar\b.{0,80}", r"(?:nicht zustellbar|zustellung fehlgeschlagen|mail-?zustellung).{0,80}", r"rückläufer.{0,60}"),
    "fr": (r"non remis\b.{0,80}", r"(?:échec|echec) de (?:la )?remise.{0,80}", r"courrier non distribué.{0,60}", r"message non (?:distribué|délivré).{0,60}"),
    "es": (r"no se puede entregar\b.{0,80}", r"(?:error|fallo) (?:de|en la) entrega.{0,80}", r"correo devuelto.{0,60}"),
    "it": (r"(?:non recapitabile|impossibile recapitare|mancata consegna)\b.{0,80}",),
    "pt": (r"(?:não entregue|não é possível entregar|falha (?:na|de) entrega|n[ãa]o foi poss[íi]vel entregar)\b.{0,80}",),
    "nl": (r"(?:onbestelbaar|niet bezorgd)\b.{0,80}",),
    "pl": (r"(?:niedostarczon\w+|nie można dostarczyć)\b.{0,80}",),
    "sv": (r"(?:kan inte levereras|oleverbar\w*)\b.{0,80}",),
    "da": (r"(?:kan ikke leveres|ikke leveret)\b.{0,80}",),
    "ru": (r"(?:не удалось доставить|недоставлен\w+)\b.{0,80}",),
    "ja": (r"(?:配信不能|配信できません|未配信).{0,80}",),
    "zh": (r"(?:未送达|无法送达|系统退信|退信).{0,80}",),
    "ko": (r"(?:배달되지 않음|전송 실패).{0,80}",),
}  # fmt: skip
"""At the start of a subject."""

PHRASES = {
    "en": (
        r"(?:could|can|was|were|has|have)(?: ?not|n['’]t)(?: be| been)? (?:delivered|sent|transmitted|delivery)", r"(?:not|n['’]t) (?:been )?delivered", r"did not reach", r"undeliver(?:able|ed)",
        r"(?:permanent|fatal|transient) (?:non-?)?(?:fatal )?(?:delivery )?errors?", r"unable to (?:deliver|send|relay)", r"wasn['’]?t able to deliver", r"delivery (?:to the following|has failed|attempts?|failed|failure|problems|error)",
        r"user (?:is )?(?:unknown|not (?:found|known|listed))", r"unknown user", r"no such (?:user|mailbox|address|recipient)", r"address(?:es)?(?:\(es\))? (?:failed|rejected|not found)",
        r"mailbox (?:is )?(?:full|unavailable|disabled|not found)", r"over quota", r"transcript of session", r"rejected (?:by|your)", r"was (?:blocked|rejected|returned|refused)", r"failed (?:address|recipient)s?",
        r"invalid (?:receiver|recipient|address)", r"still undelivered", r"not yet been delivered", r"has been delayed", r"returned (?:mail|message|to sender)", r"does not (?:exist|like recipient)", r"account (?:is |has been )?(?:disabled|closed|suspended)",
        r"bounced?", r"5\d\d[ -](?:#?5\.\d\.\d|\w)",
    ),
    "de": (r"nicht zugestellt", r"unzustellbar", r"fehlgeschlagen", r"konnte nicht"),
    "fr": (r"échec de la remise", r"introuvable", r"n['’]a pas pu", r"non (?:remis|distribué|délivré)", r"pas été (?:remis|délivré|distribué)"),
    "es": (r"error al entregar", r"no se ha encontrado", r"no (?:pudo|se pudo|ha podido)(?: ser)? entrega", r"no se puede entregar"),
    "it": (r"non (?:è stato|recapit|consegna)", r"impossibile recapitare"),
    "pt": (r"não (?:foi|pôde|pode)(?: possível)?(?: ser)? entreg", r"falha na entrega"),
    "nl": (r"niet (?:worden )?(?:bezorgd|afgeleverd)", r"onbestelbaar"),
    "pl": (r"nie (?:została|można|mogła) dostarcz",),
    "ru": (r"не (?:может быть|была?|удалось) достав", r"не доставлен"),
    "ja": (r"配信(?:に失敗|でき)", r"送信できません", r"届けられません", r"配信不能"),
    "zh": (r"无法(?:送达|投递|发送)", r"退信", r"未能送达", r"被退回"),
    "ko": (r"배달되지", r"전송(?:하지 못|에 실패)", r"보내지 못"),
}  # fmt: skip

DELAYS = {
    "en": (r"(?:has been|is|was) delayed", r"not yet been delivered", r"still undelivered", r"will (?:keep trying|be retried|continue to (?:try|attempt)|retry)",
           r"this is a warning message only", r"(?:do|you do) not need to resend", r"delivery (?:will|attempts will) (?:continue|be)", r"no action is required on your part"),
    "de": (r"verzögert", r"wird weiterhin versucht"),
    "fr": (r"(?:a été|est) (?:retardé|différé)",),
    "es": (r"(?:se ha|está) (?:retrasad|demorad)",),
}  # fmt: skip
"""A warning: the server still tries."""

PASSING = {
    "en": (r"timed? ?out", r"deferred", r"temporar(?:y|ily)", r"try again later", r"connection (?:refused|reset|timed)", r"greylist", r"transient", r"(?:host|server).{0,60}not (?:responding|reachable)", r"not reachable",
           r"(?:too|been) (?:long )?(?:in|on) (?:the )?queue", r"network (?:is )?unreachable", r"retry time(?:out)? (?:not reached|exceeded)", r"\b4\d\d[ -]#?4\.\d\.\d", r"#?\b4\.\d\.\d\b"),
}  # fmt: skip
"""A reason that may pass."""

ORIGINALS = {
    "en": (
        r"-{2,}.{0,40}(?:original|returned|this is a copy|below this line|unsent|your|copy of (?:the|your)|forwarded).{0,80}", r"(?:the )?(?:original|returned|unsent) (?:message|mail|text).{0,60}(?:follows|below|:|headers?)?.{0,20}",
        r"(?:the )?(?:body|text|header|first \d+ lines|contents?) of (?:your|the) (?:original )?message.{0,40}", r"original message (?:follows|headers).{0,20}", r"received: (?:from|by) .{0,200}", r"return-path:.{0,100}",
        r"message header(?:s)?(?: follow)?.{0,20}", r"(?:your|the) message (?:follows|reads|contents).{0,40}", r"-{5,} ?message.{0,60}",
    ),
    "de": (r"-{2,}.{0,40}(?:ursprüngliche|kopie).{0,60}",),
}  # fmt: skip
"""The line above the mail that came back; its addresses are not those that failed."""
