"""What machines write: absence notices, receipts, challenges, acknowledgements, newsletters."""

from __future__ import annotations

ABSENCE_SUBJECTS = {
    "en": (
        r"auto(?:matic|mated)?[- ]?(?:reply|response|responder|answer|generated reply)(?: from (?!.{0,40}\b(?:says?|said|states?|told|that|is|was|payer)\b).{1,40})?", r"autoreply",
        r"(?:i am |i['’]m )?(?:currently )?out[- ]?of[- ]?(?:the |my )?office(?: (?:auto(?:matic)?[- ]?)?(?:reply|message|notice|notification"
        r"|response|autoreply))?", r"ooo",
        r"vacation (?:reply|response|notice|message)", r"(?:on|away on) (?:vacation|holiday|annual leave|maternity leave|leave)",
        r"away from (?:the |my )?(?:office|desk|mail|e-?mail)", r"absence notice", r"(?:\w+ )?auto ?response",
    ),
    "de": (r"abwesend", r"abwesenheits?(?:notiz|meldung|assistent|benachrichtigung|nachricht|info)(?: .{1,40})?", r"abwesenheit",
           r"automatische (?:antwort|abwesenheitsnotiz|rückmeldung|nachricht|e-?mail)", r"auto(?:matisch)?[- ]?antwort",
           r"nicht im (?:büro|haus)", r"(?:ich bin )?(?:im|in) urlaub"),
    "fr": (r"réponse automatique", r"absen(?:t|te|ce|t\(e\)|t·e)(?: d[ue] (?:mon |mes )?bureaux?)?", r"message d['’]absence",
           r"notification d['’]absence", r"avis d['’]absence", r"en congés?"),
    "es": (r"respuesta autom[áa]tica", r"autorespuesta", r"auto-respuesta", r"fuera de (?:la |mi )?oficina", r"ausente(?: de la oficina)?",
           r"ausencia(?: de la oficina)?", r"mensaje de ausencia", r"vacaciones"),
    "pt": (r"resposta autom[áa]tica", r"aus[êe]ncia tempor[áa]ria", r"ausente do escritório", r"ausência(?: do escritório)?", r"fora do escritório",
           r"aviso de (?:ausência|férias)"),
    "it": (r"risposta automatica", r"fuori (?:sede|ufficio)", r"assen(?:te|za)(?: dall?['’]ufficio)?", r"avviso di assenza",
           r"messaggio automatico"),
    "nl": (r"automatisch(?:e)? (?:antwoord|beantwoord)", r"afwezig(?:heid)?(?:s?bericht|s?melding|sassistent)?", r"niet op kantoor"),
    "pl": (r"odpowiedź automatyczna", r"automatyczna odpowiedź", r"autoodpowiedź", r"nieobecność(?: w biurze)?", r"poza biurem"),
    "sv": (r"autosvar", r"automatiskt svar", r"frånvaro(?:meddelande)?", r"ej på (?:kontoret|plats)", r"frånvarande"),
    "da": (r"automatisk svar", r"autosvar", r"fravær(?:ende)?", r"ikke på kontoret", r"ikke til stede"),
    "no": (r"automatisk svar", r"fravær(?:smelding|sassistent)?", r"ikke til stede", r"ikke på kontoret"),
    "fi": (r"automaattinen (?:vastaus|poissaoloilmoitus)", r"poissa(?:oloilmoitus|olo)?", r"lomavastaus", r"poissa toimistosta"),
    "cs": (r"automatická odpověď", r"mimo kancelář", r"nepřítomnost"),
    "sk": (r"automatická odpoveď", r"mimo kancelárie", r"neprítomnosť"),
    "hu": (r"automatikus válasz", r"házon kívül", r"távollét.{0,20}"),
    "ro": (r"răspuns automat", r"raspuns automat", r"în afara biroului"),
    "ru": (r"автоответ(?:чик)?", r"автоматический ответ", r"нет на (?:месте|работе)", r"в отпуске", r"отсутствую"),
    "uk": (r"автоматична відповідь", r"автовідповідь", r"немає на місці", r"у відпустці"),
    "bg": (r"автоматичен отговор", r"извън офиса"),
    "tr": (r"otomatik (?:yanıt|cevap)", r"ofis dışı(?:nda(?:yım)?)?"),
    "el": (r"αυτόματη απάντηση", r"εκτός γραφείου"),
    "hr": (r"automatski odgovor", r"izvan ureda", r"odsutan"),
    "sl": (r"samodejni odgovor", r"odsoten"),
    "et": (r"automaatvastus", r"kontorist väljas"),
    "lt": (r"automatinis atsakymas",),
    "lv": (r"automātiskā atbilde",),
    "id": (r"balasan otomatis",),
    "vi": (r"trả lời tự động", r"tự động trả lời"),
    "he": (r"מענה אוטומטי", r"תשובה אוטומטית", r"מחוץ למשרד"),
    "ar": (r"رد تلقائي", r"الرد التلقائي", r"خارج المكتب"),
    "ja": (r"自動(?:応答|返信)", r"不在(?:通知|連絡)?", r"自動返信メール"),
    "zh": (r"自动(?:答复|回复|回覆)", r"自動(?:回覆|答覆|回復)", r"不在办公室", r"外出"),
    "ko": (r"자동 ?(?:회신|응답|답장)", r"부재 ?중.{0,10}"),
    "ca": (r"resposta automàtica", r"fora de l['’]oficina"),
}  # fmt: skip
"""At the start of a subject and closed off (`Out of office: ...`), these are no person's words."""

ABSENCE_SOMEWHERE = {
    "en": (r"out of (?:the )?office", r"on vacation", r"automatic reply", r"auto-?reply", r"on (?:annual|maternity|sick|parental) leave"),
    "de": (r"abwesen", r"automatische antwort"),
    "fr": (r"réponse automatique", r"absent"),
    "es": (r"respuesta automática", r"fuera de la oficina"),
    "it": (r"risposta automatica", r"fuori ufficio"),
    "pt": (r"resposta automática",),
    "nl": (r"afwezig",),
    "pl": (r"nieobecn",),
}  # fmt: skip
"""Anywhere in a subject: a weak mark."""

ABSENCE_ENDS = {
    "en": (r"is (?:currently )?out of (?:the )?office\.?", r"is (?:away|on (?:vacation|leave|holiday))\.?",
           r"(?:is )?no longer (?:works|working|employed|with) .{0,40}", r"\(out of (?:the )?office\)"),
    "de": (r"ist (?:zur ?zeit )?(?:abwesend|nicht im (?:büro|haus))(?: .{0,40})?\.?",),
    "fr": (r"est absente?(?: .{0,40})?\.?",),
}  # fmt: skip
"""At the end of a subject, after the name of who is away (Lotus Notes)."""

ABSENCE_TEXTS = {
    "en": (
        r"(?:i am|i['’]m|i will be|i['’]ll be|i shall be|will be) (?:currently |now |away and )?(?:out of (?:the |my )?office|away from (?:the |my )?"
        r"(?:office|desk|e-?mail)|out of town|on (?:vacation|annual leave|holidays?|maternity leave|paternity leave|parental leave|medical leave|sick leave|leave"
        r"|a business trip|pto))\b",
        r"(?:is|are) (?:currently |now )?(?:out of (?:the )?office|away from (?:the )?office)",
        r"i (?:am|will be|['’]m|['’]ll be) (?:currently )?(?:travell?ing|away|unavailable) (?:and|until|from|with|this|on|through|for)", r"i have (?:retired|left (?:the company|my position))",
        r"(?:has|have) left (?:the company|the organi[sz]ation|our (?:company|organi[sz]ation|firm)|her position|his position)",
        r"my (?:e-?mail )?address (?:has )?changed|(?:please )?update your (?:address book|contacts|records)",
        r"(?:our|the) offices? (?:is|are|will be) (?:currently )?closed",
        r"i (?:will|am) (?:not be )?(?:not )?(?:be )?(?:reading|checking|able to (?:read|check|access)) my (?:e-?)?mails?",
        r"(?:i have|with|have) (?:no|limited|intermittent|sporadic) access to (?:my )?e-?mail",
        r"this is an? (?:automatic|automated|auto)[- ]?(?:reply|response|message|responder|generated)",
        r"thank you for (?:your )?(?:e-?mail|message)[.!,]? ?(?:i am|i will be) (?:currently )?(?:out|away|on)",
        r"(?:no longer|not any ?more) (?:works?|working|employed|with|at|part of) .{1,80}(?:please|direct|contact|e-?mail|forward)",
        r"this (?:e-?mail )?(?:address|mailbox|account|inbox) is (?:no longer|not) (?:in use|monitored|active|valid|being monitored|checked)",
        r"i['’]?(?:m| am| will be) (?:enjoying|taking) .{0,30}(?:vacation|holiday|time off)",
    ),
    "de": (r"ich bin (?:zur ?zeit|derzeit|momentan|aktuell|bis|vom|ab|heute|leider|in der zeit|wieder|erst|im urlaub|im büro wieder).{0,80}(?:abwesend|nicht (?:im|in|am|erreichbar)|urlaub|außer haus|erreichbar|zurück|im büro)",
           r"ich (?:befinde mich|bin).{0,60}(?:im urlaub|in elternzeit|in mutterschutz|auf (?:dienst|geschäfts)reise|krank)", r"nach meiner rückkehr", r"ich bin (?:abwesend|im urlaub|nicht im (?:büro|haus)|außer haus)", r"ihre (?:e-?mail|nachricht) wird nicht (?:automatisch )?(?:weitergeleitet|gelesen)",
           r"(?:diese|dies ist eine) (?:e-?mail|nachricht|antwort)? ?(?:wurde )?automatisch (?:erstellt|generiert|erzeugt|generierte)"),
    "fr": (r"je suis (?:actuellement |présentement )?(?:absente?|en (?:congés?|vacances|déplacement))", r"(?:à|dès) mon retour", r"je serai (?:absente?|de retour|en congés?)",
           r"(?:ceci est|message) (?:une réponse|généré) automatique"),
    "es": (r"(?:me encuentro|estoy|estaré|me encontraré) (?:actualmente )?(?:fuera|ausente|de vacaciones)", r"a mi (?:regreso|vuelta)", r"(?:mensaje|respuesta) autom[áa]tic[oa]"),
    "pt": (r"(?:encontro-me|estou|estarei|me encontro) (?:atualmente )?(?:ausente|fora|de férias|em férias)", r"(?:mensagem|resposta) autom[áa]tica"),
    "it": (r"(?:sono|sarò) (?:attualmente )?(?:fuori (?:ufficio|sede)|assente|in (?:ferie|vacanza))", r"(?:messaggio|risposta) automatic[oa]"),
    "nl": (r"(?:ik ben|ben ik) .{0,40}(?:afwezig|niet (?:aanwezig|op kantoor|bereikbaar)|met vakantie|op vakantie)", r"automatisch (?:antwoord|bericht|gegenereerd)"),
    "pl": (r"(?:jestem|będę|przebywam) .{0,30}(?:nieobecn|na urlopie|poza biurem)", r"wiadomość (?:została )?wygenerowana automatycznie"),
    "sv": (r"jag (?:är|har) .{0,40}(?:semester|inte på kontoret|frånvarande|ledig|föräldraledig)", r"automatiskt svar"),
    "da": (r"jeg (?:er|holder) .{0,30}(?:ferie|ikke på kontoret|ikke til stede|fraværende)", r"automatisk svar"),
    "no": (r"jeg (?:er|har) .{0,30}(?:ferie|ikke på kontoret|ikke til stede|fraværende|permisjon)",),
    "fi": (r"olen .{0,30}(?:lomalla|poissa|vapaalla)", r"automaattinen vastaus"),
    "cs": (r"jsem .{0,30}(?:mimo kancelář|na dovolené|nepřítom)",),
    "hu": (r"szabadságon vagyok", r"házon kívül vagyok"),
    "ru": (r"я .{0,30}(?:в отпуске|отсутствую|на больничном|в командировке)", r"(?:автоматический|автоматическое) (?:ответ|сообщение)"),
    "tr": (r"(?:ofis|büro) dışındayım", r"izindeyim", r"yıllık izin"),
    "ja": (r"(?:休暇|出張|不在)(?:中|の(?:ため|為)|にして|とさせ)", r"自動(?:返信|応答|送信)"),
    "zh": (r"(?:我|本人).{0,12}(?:休假|出差|外出|不在办公室|不在辦公室)", r"自动(?:回复|答复)", r"自動(?:回覆|答覆)"),
    "ko": (r"(?:휴가|출장|부재) ?중", r"자동 ?(?:회신|응답|발송)"),
}  # fmt: skip
"""In a text that asks nothing."""

CHALLENGES = {
    "en": (
        r"(?:please )?(?:confirm|verify) (?:that you sent|your (?:e-?mail )?address|your message|yourself|delivery|you are (?:a )?(?:human|real person)).{0,160}(?:click|reply|link|below|deliver)",
        r"(?:just this once|only need to do this once|one[- ]time (?:confirmation|verification|process))",
        r"(?:protect(?:ing)? myself from|to control|to prevent|to reduce|to cut down on|to stop) (?:receiving )?(?:junk|spam|unsolicited)",
        r"added to (?:my|the|his|her) (?:list of )?(?:approved|allowed|guest|white) ?-?(?:senders|list)?",
        r"(?:my|your) guest list|was waitlisted|spam ?arrest|boxbe|mailblocks|tmda|bluebottle|uol antispam",
        r"(?:message|e-?mail|mail) (?:is being|has been|was|is) (?:held|quarantined|withheld|delayed) (?:because|until|pending)",
        r"not (?:yet )?(?:on|in) (?:my|his|her|the|our) (?:white|safe|approved|allow)[- ]?(?:list|senders)?", r"click (?:on )?(?:the )?(?:following )?(?:link|here|below).{0,60}",
        r"(?:requires?|asks?|need) (?:that )?you (?:to )?(?:verify|confirm) (?:that )?you(?:r| are)", r"to complete (?:this|the|your) (?:verification|confirmation)",
        r"(?:real|live) (?:live )?(?:human|person)(?: being)?|not a (?:spam(?:mer)?|robot|machine)", r"release (?:it|your (?:message|e-?mail)|the message)",
    ),
    "pt": (r"confirme seu endereço", r"antispam uol"),
    "de": (r"bestätigen sie (?:bitte )?(?:ihre|diese) (?:e-?mail|nachricht|adresse)",),
    "fr": (r"(?:confirmer|authentifier) (?:votre|vous).{0,60}(?:adresse|message|lien)|mailinblack",),
    "es": (r"confirme su (?:dirección|correo|mensaje)",),
}  # fmt: skip
"""Challenge and response: the machine wants the writer of a mail to prove a person."""

CHALLENGE_SUBJECTS = {
    "en": (r"\[confirm\]", r"please confirm your (?:message|e-?mail|address)", r"\(verification\)", r"\(action required\)",
           r"(?:your )?(?:e-?mail|message) (?:requires|needs) (?:verification|confirmation|your approval)", r"confirm your (?:e-?mail|message)",
           r"automated confirmation", r"verify your (?:e-?mail|message)", r"sender (?:verification|confirmation|address verification)"),
}  # fmt: skip

RECEIPT_SUBJECTS = {
    "en": (r"(?:not )?read", r"return receipt(?: \(displayed\))?", r"read[- ]receipt", r"disposition notification", r"delivery receipt", r"deleted"),
    "de": (r"(?:un)?gelesen", r"lesebestätigung", r"empfangsbestätigung(?: \(angezeigt\))?", r"nicht gelesen"),
    "fr": (r"(?:non )?lu", r"accusé de (?:lecture|réception)(?: \(affiché\))?", r"confirmation de lecture"),
    "es": (r"(?:no )?le[íi]do", r"acuse de (?:recibo|lectura)", r"confirmación de lectura"),
    "pt": (r"(?:não )?lid[oa]", r"recibo de leitura", r"confirmação de leitura"),
    "it": (r"(?:non )?letto", r"ricevuta di (?:ritorno|lettura)(?: \(visualizzata\))?", r"conferma di lettura", r"lettura"),
    "nl": (r"(?:niet )?gelezen", r"leesbevestiging", r"ontvangstbevestiging"),
    "pl": (r"przeczytano", r"potwierdzenie (?:przeczytania|odbioru)"),
    "sv": (r"läst", r"läskvitto", r"oläst"),
    "da": (r"læst", r"kvittering for læsning"),
    "no": (r"lest",),
    "fi": (r"luettu",),
    "cs": (r"přečteno",),
    "hu": (r"elolvasva",),
    "ru": (r"прочитано", r"уведомление о прочтении"),
    "tr": (r"okundu",),
    "ja": (r"開封済み", r"開封確認"),
    "zh": (r"已读", r"已讀"),
    "ko": (r"읽음",),
}  # fmt: skip
RECEIPT_TEXTS = {
    "en": (r"was (?:read|opened|displayed|received by|deleted without being read|deleted unread)", r"this is a (?:return|read|delivery) receipt",
           r"return receipt\s+your (?:document|message)", r"has been (?:read|displayed|opened)", r"confirms? that (?:the |your )?(?:message|mail|e-?mail)"),
    "de": (r"wurde (?:am .{4,40} )?(?:gelesen|geöffnet|angezeigt|ungelesen gelöscht)", r"lesebestätigung", r"empfangsbestätigung"),
    "fr": (r"a été (?:lu|ouvert|affiché|supprimé)", r"accusé de (?:lecture|réception)"),
    "es": (r"(?:fue|ha sido) (?:leído|abierto|eliminado)", r"acuse de"),
    "pt": (r"foi (?:lid[ao]|abert[ao]|excluíd[ao])", r"recibo de leitura"),
    "it": (r"è stat[oa] (?:lett|apert|eliminat)[oa]", r"ricevuta di"),
    "nl": (r"is (?:gelezen|geopend|verwijderd)", r"werd gelezen", r"bevestiging"),
    "pl": (r"(?:została|zostało) (?:przeczytan|odczytan|usunięt)",),
    "ru": (r"(?:было )?прочитано", r"уведомление о прочтении"),
    "zh": (r"已(?:于|於|被)?.{0,30}(?:阅读|閱讀|读取|讀取)",),
    "ja": (r"開封(?:され|済)",),
}  # fmt: skip

ACKNOWLEDGEMENT_SUBJECTS = {
    "en": (
        r"\[?(?:request|ticket|case|message|inquiry|e-?mail) (?:received|created|opened|updated|closed|resolved|acknowledg\w+)\]?.{0,120}",
        r"we(?:['’]ve| have)? received your .{0,80}", r"your (?:request|ticket|case|inquiry|message) .{0,60}(?:has been )?(?:received|created|opened|closed|updated).{0,80}",
        r"(?:incident|request|case|ticket) [#A-Z]*\d{4,} .{0,80}(?:opened|created|received|updated|resolved|closed).{0,80}",
        r".{0,60}\bauto ?-?reply\b.{0,80}", r"acknowledge?ment(?: of (?:receipt|your .{1,40}))?", r"thank you for (?:contacting|your (?:inquiry|request|submission)).{0,80}",
        r"confirmation of (?:receipt|your (?:request|inquiry|message)).{0,80}",
    ),
    "de": (r"(?:eingangsbestätigung|empfangsbestätigung|ihre anfrage).{0,80}",),
    "fr": (r"(?:accusé de réception|votre demande).{0,80}",),
    "es": (r"(?:acuse de recibo|hemos recibido su).{0,80}",),
}  # fmt: skip
ACKNOWLEDGEMENT_TEXTS = {
    "en": (
        r"(?:has been|was|is) (?:automatically )?(?:assigned|given) (?:the )?(?:a )?(?:ticket|case|request|reference|tracking|incident)",
        r"your (?:ticket|case|request|reference|tracking|incident) (?:number|id|#)? ?(?:is|:|#)? ?[#A-Z-]*\d{3,}",
        r"(?:your )?(?:request|ticket|message|inquiry|e-?mail)s? (?:\([#\w-]+\) )?(?:has been|was) (?:successfully )?(?:received|created|logged|submitted|registered|opened)",
        r"(?:automatically|auto)[- ]generated (?:message|e-?mail|response|reply|in response)", r"has been automatically generated",
        r"(?:please )?do not (?:reply|respond) (?:directly )?to this (?:e-?mail|message|address)", r"this (?:mailbox|inbox|address) is (?:not monitored|unattended|unmonitored)",
        r"we (?:have |['’]ve )?received your (?:e-?mail|message|request|inquiry) and (?:will|someone|are|a member|one)",
        r"(?:##-? ?)?please type your reply above this line", r"will (?:respond|reply|get back|be in touch|contact you)[^.\n]{0,40} within (?:\d+|one|two|three|24|48)",
        r"your incident has been created",
    ),
    "de": (r"(?:wurde|ist) (?:unter der )?(?:ticket|vorgangs?|bearbeitungs)-?nummer", r"automatisch (?:generiert|erzeugt|erstellt)", r"bitte antworten sie nicht auf diese"),
    "fr": (r"(?:ne pas|merci de ne pas) répondre à ce (?:message|courriel|mail)", r"numéro de (?:ticket|dossier|demande)", r"généré automatiquement"),
    "es": (r"no responda a este (?:mensaje|correo)", r"número de (?:ticket|caso|solicitud)", r"generado automáticamente"),
    "pt": (r"não responda a est[ea] (?:mensagem|e-?mail)", r"gerad[ao] automaticamente"),
    "it": (r"non rispondere a quest[ao]", r"generat[oa] automaticamente"),
    "nl": (r"automatisch (?:gegenereerd|verzonden)", r"niet (?:te )?(?:antwoorden|reageren) op dit bericht"),
}  # fmt: skip

NEWSLETTER_TEXTS = {
    "en": (
        r"(?:to |click here to )?(?:unsubscribe|opt[- ]out)(?: from (?:this|our|these|future))?.{0,60}(?:click|here|http|link|list|preferences|below|:)",
        r"you(?:['’]re| are)? (?:are )?receiv(?:ed|ing) this (?:e-?mail|message|newsletter|mailing|notification) (?:because|as|since|due)",
        r"(?:if you )?no longer (?:wish|want) to receive", r"(?:you can )?(?:un-?subscribe|opt[- ]out) (?:here|at any time|from)",
        r"this is a (?:promotional|marketing|commercial) (?:e-?mail|message)", r"(?<![\w,] )\bunsubscribe\s*(?:$|\||\u2022|\u00b7|\n)", r"(?:shop|order|register|book) now\b",
        r"wa\.exe\?|mailman3?/(?:listinfo|options|lists)|/subscribe/edit", r"you received this message because you(?:['’]re| are) subscribed",
        r"you(?:['’]re| are) subscribed (?:as|to|with)", r"(?:view|read) (?:this|it) (?:e-?mail|message|newsletter|online)? ?(?:in|with) (?:your|a) (?:web ?)?browser", r"(?:manage|update|change) (?:your )?(?:e-?mail |subscription |notification )?preferences",
    ),
    "de": (r"(?:newsletter|e-?mails?) abbestellen", r"(?:vom|von diesem) newsletter abmelden", r"sie erhalten diese e-?mail,? weil"),
    "fr": (r"se désabonner|se désinscrire|vous recevez ce (?:message|mail|courriel) (?:car|parce)",),
    "es": (r"darse de baja|cancelar (?:su |la )?suscripción|recibe este (?:mensaje|correo) porque",),
    "pt": (r"cancelar (?:a |sua )?(?:inscrição|assinatura)|descadastrar",),
    "it": (r"annulla(?:re)? (?:l['’])?iscrizione|disiscriver",),
    "nl": (r"afmelden voor|uitschrijven|u ontvangt deze e-?mail omdat",),
}  # fmt: skip
