"""What systems write into their notices, by the kind of system: marks of the subject and marks of the text.

No mark tells by itself, people use each of these words; two of one kind in a mail that asks nothing do.
"""

from __future__ import annotations

_THING = (
    r"(?:message|e-?mail|request|inquiry|enquiry|ticket|case|submission|question|feedback|form|application|response)"
)
_THIS = r"this (?:message|e-?mail|mail|notification|report|notice)"

SURE_SUBJECTS = (
    r"cron <[^>\s]+@[^>\s]+> \S", r"\*{2,3} ?(?:problem|recovery|acknowledgement|flapping\w*|downtime\w*)\b.{0,120}\balert\b",
    r"message from .{0,12}(?:km_|rnp[0-9a-f]|mfp\b|bizhub|copier)\S*\s*$", r"logwatch for \S", r"anacron job .{1,60} on \S", r"\[?(?:firing|resolved):\d+\]",
    r"(?:missed call|voice ?(?:mail|message)|fax) from (?:\+?[\d(][\d() .-]{5,}|unknown)(?: \(.{1,40}\))?\s*$", r"message from (?:\+?[\d(][\d() .-]{5,}|unknown)(?: \(.{1,40}\))?\s*$",
)  # fmt: skip
"""Subjects nobody writes by hand, where nothing is asked."""

SURE_TEXTS = (
    r"(?:this is|dies ist) an? (?:system|computer|machine|automatically|auto)[- ]?generated (?:message|e-?mail|notification|report|notice)",
    rf"{_THIS} (?:was|is|has been) (?:automatically|auto)[- ]?(?:generated|sent|created)", rf"{_THIS} (?:was|is|has been) (?:generated|sent|created) by the .{{2,40}} (?:daemon|system|service|server|software)\b",
    r"has (?:tentatively )?(?:accepted|declined) (?:this|your|the) (?:invitation|meeting|event)",
    r"do not (?:reply|respond) (?:directly )?to this (?:e-?mail|message|address)(?:[.!]?\s*$|[.,;]? (?:as|because|since|it is|this is|this (?:mail)?box|replies|responses))",
    r"repl(?:ies|y) to this (?:e-?mail|message|address|mailbox) (?:is|are|will) not ?(?:be )?(?:monitored|read|answered|received)",
    r"(?:mail|support|ticket|this message was) (?:system )?sent by (?:atlassian|jira)",
)  # fmt: skip
"""A system saying of itself that it is one."""

KINDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "ticket": (
        (r"\[[^\]]{0,40}#? ?[\w-]*\d{3,}[^\]]{0,10}\]", r"(?:ticket|case|incident|request|inquiry|inc|ritm|req|sr)[ -]?#?:? ?\d{3,}",
         r"(?:ticket|case|request|incident) (?:received|opened|created)", r"opened on your behalf", r"\[request received\]", r"thank(?:s| you) for (?:contacting|your (?:submission|inquiry|request|message))", r"\b[A-Z]{2,6}-\d{2,6}\b",
         r"(?:we(?:['’]ve| have)? )?(?:got|received) your"),
        (rf"(?:we(?:['’]ve| have)|has been|have|we) (?:successfully )?(?:received|got|logged) your {_THING}", rf"your {_THING} (?:\([#\w]+\) )?(?:has been|was|is) (?:received|created|logged|submitted|recorded|registered|in our queue)",
         r"acknowledge (?:that we have|receipt)", rf"(?:{_THING}|request for support) has been (?:created|opened|assigned|logged|forwarded|routed)",
         r"(?:respond|reply|be in touch|get back to you|follow[- ]?up with you|contact you|assist you)(?: with you| to you)? (?:shortly|soon|as soon as|in the order|at our earliest)",
         r"your (?:ticket|case|request|incident|reference) ?(?:number|id|no\.?|#)", r"(?:view|check|track|follow) (?:the status|your ticket|this ticket|the ticket|all the details|your request|request:|this request|the progress|your case)",
         r"thank(?:s| you) for (?:contacting|reaching out|getting in touch|writing (?:to|in)|your patience)", r"\bref:(?:MSG\d|_?00D)", r"(?:state|status|statut|stato|estado)\s?: ?(?:new|open|nouveau|neu|nuevo|nuovo|assigned)\b",
         r"(?:priority|urgency|urgence|priorität|prioridad)\s?: ?\w", r"(?:typically|usually) repl(?:y|ies) in", r"get replies here", r"powered by (?:intercom|zendesk|freshdesk|help ?scout|zoho|hubspot|crisp|gorgias|front)",
         r"this e-?mail is a service from", r"(?:additional|further) (?:comments|information) (?:or information )?(?:regarding|about|to)", r"(?:confirming|letting you know) (?:that )?we(?:['’]ve| have)? (?:got|received)",
         r"e-?mail (?:was|has been) received by|has (?:safely )?(?:landed|arrived)", r"(?:please )?allow (?:us )?(?:up to )?(?:\d|one|two|three|five|seven|ten|24|48|72).{0,20}(?:days?|hours?)", r"this is to (?:confirm|acknowledge)", r"\w+ (?:from|of|on) our team will", r"(?:our )?(?:office|business|support|opening) hours are|we are open|during (?:normal |regular )?business hours",
         r"within (?:the next )?(?:\d+|one|two|three|five|ten) ?(?:[-–] ?\d+ )?(?:business |working )?(?:days?|hours?)", r"we(?:['’]re| are) on it", r"(?:ticket|case|incident|request|issue|inquiry) (?:\W?\w*\d{2,} )?(?:has been|was|is now|is) (?:resolved|closed|updated|reopened|cancell?ed|completed|solved)", r"(?:to|and) re-?open|(?:issue|problem|incident) is not resolved",
         r"(?:updated|created|commented on|assigned|changed|resolved|closed) [A-Z]{2,8}-\d+\b", r"(?:state|status)\s?: ?(?:done|closed|resolved|in progress|pending|on hold|waiting)\b.{0,30}(?:was|from|→|$)", r"resolution (?:notes|code)\s?:", r"assigned (?:to|group)\s?:", r"turn off (?:this|these) .{0,20}notifications", r"(?:will|shall) (?:review|process|look (?:into|at)) (?:it|your|this) .{0,30}(?:shortly|soon|within|as soon)|(?:technician|agent|representative|specialist|staff member|colleague)s? will", r"one of our (?:team members|agents|representatives|specialists)",
         r"(?:wir haben )?ihre (?:anfrage|e-?mail|nachricht) (?:ist|wurde|haben wir).{0,40}(?:eingegangen|erhalten|empfangen)", r"(?:nous avons )?(?:bien )?reçu votre (?:demande|message|courriel)", r"numéro de (?:ticket|dossier)",
         r"hemos recibido su (?:solicitud|mensaje|consulta)", r"número de (?:ticket|caso)", r"se pondrá en contacto", r"recebemos (?:a )?sua (?:solicitação|mensagem)", r"demandeurs?\s?:"),
    ),
    "monitoring": (
        (r"(?:^|\[|\*)\s?(?:problem|resolved|recovery|recovered|ok|triggered|alerting|critical|warning|down|up|alert|alarm|success|failed|failure|error|firing)\s?[\]:*]", r"alert: ?.{0,60}(?:failed|succeeded|completed|down)|job (?:failed|succeeded|completed)", r"backup (?:job|report|completed|failed|successful)", r"is (?:critical|down|up|ok)\b"),
        (r"notification type:", r"problem (?:started|name|has been)", r"original problem id", r"\bhost(?:name)?: ?\S", r"state: (?:critical|ok|warning|down|up|unknown)", r"severity: ?\w", r"\bevent(?: (?:time(?:stamp)?|id|type))?: ?\w", r"(?:is|are) (?:currently |now |back )?(?:down|unreachable|offline|online|not responding)\b", r"\b(?:http|error) [45]\d\d\b", r"backup (?:job|task|set|plan|copy)", r"task .{1,40} has (?:completed|finished|failed|succeeded)", r"total size", r"(?:cpu|disk|memory) (?:utili[sz]ation|usage|space)",
         r"(?:entered|has entered) the \w+ state", r"\*{4,} ?\w+ ?\*{4,}", r"job (?:name|status|id)\s?:|\bjob (?:has )?(?:completed|finished|failed|succeeded)", r"completed with (?:\d+ )?(?:errors?|warnings?|exceptions?)", r"\d+ alerts? (?:firing|resolved)", r"generated by the .{2,40} daemon", r"uptime|downtime", r"(?:last|been|was) triggered", r"triggered (?:at|by|on)", r"monitor(?:ing)? (?:name|url|is)"),
    ),
    "calendar": (
        (r"(?:updated )?invitation:", r"accepted:", r"declined:", r"tentative(?:ly accepted)?:", r"notification:", r"cancell?ed(?: event)?:", r"reminder:", r"new time proposed", r"new event:", r"(?:re)?scheduled:"),
        (r"invitation from (?:google )?calendar", r"(?:^|\s)when: ?\w.{0,40}\d", r"event (?:has been )?(?:scheduled|rescheduled|cancell?ed|updated)", r"\b(?:invitees?|organi[sz]er|event (?:type|name|date(?:/time)?))\s?:", r"view event", r"calendar notifications?", r"has (?:been )?(?:invited you|proposed a new time|cancell?ed)", r"view (?:on|all guest)", r"microsoft teams meeting|join (?:the|zoom) meeting"),
    ),
    "telephone": (
        (r"voice ?(?:mail|message)", r"message from (?:\+?[\d(][\d() .-]{5,}|unknown|anonymous)", r"^\s*(?:new|incoming|inbound) fax\s*$", r"(?:e|new |incoming |inbound |received )?fax (?:message )?(?:from|received|transmission|\()", r"missed call"),
        (r"(?:you have|you['’]ve|you) (?:received |got )?an? (?:new )?(?:\d+[- ]page )?(?:voice ?mail|voice message|fax|missed call|message from)", r"(?:length|duration):? ?\d+(?::\d\d| ?sec)", r"caller[- ]?(?:id|name)", r"to (?:listen to|hear) (?:this|the|your) (?:voice ?mail|message)",
         r"(?:view|open) (?:this|the|your) fax", r"reference number for this fax", r"(?:pages?|page count):? ?\d+", r"(?:voice ?mail|fax) (?:service|box|inbox)"),
    ),
    "filter": (
        (r"virus", r"banned (?:contents?|files?)", r"quarantine", r"spam (?:report|digest|summary|notification)", r"(?:message|e-?mail) (?:blocked|rejected|held)"),
        (r"(?:content|virus|spam) (?:checker|detector|scanner|filter|firewall)", r"presumably from you", r"being held for", r"(?:messages?|e-?mails?|attachments?) (?:\w+ ){0,4}(?:were|was|been|are) (?:blocked|quarantined|removed|held|placed)", r"unacceptable attachments", r"\d+ (?:new )?(?:messages?|e-?mails?|items?) (?:\w+ )?in (?:your )?(?:the )?(?:spam )?quarantine", r"release (?:or|and|,|the|this|all)\b", r"quarantine (?:page|portal|digest|folder)", r"review (?:them|these messages)"),
    ),
    "trade": (
        (r"^\s*(?:delivered|shipped|arriving|dispatched|ordered|out for delivery)\b.{0,12}:", r"(?:delivery|shipping|shipment|order|dispatch) (?:notification|confirmation|update|status)", r"tracking number", r"your (?:\w+ ){0,3}(?:order|package|shipment|parcel|invoice|receipt|statement|payment|bill|subscription|delivery)\b", r"(?:receipt|invoice|order|payment) (?:from|for|#|no|received|confirm|is|\w*\d{3})"),
        (r"(?:package|order|shipment|parcel|item)s? (?:has|have|was|were|is|are) (?:been )?(?:on its way |out for )?(?:delivered|shipped|dispatched|placed|confirmed|received|delivery)", r"delivery (?:date|time|address):", r"track (?:your|this|the|my) (?:package|order|shipment|parcel|delivery)", r"(?:out for|scheduled|estimated) delivery|arriv(?:es|ing) (?:by|on|today|tomorrow|\w+day)", r"tracking (?:number|id|no)", r"(?:we(?:['’]ve| have)? )?received your (?:payment|order|return)", r"confirmation (?:number|code|no|#)", r"(?:amount|total|balance) (?:paid|due|charged)", r"(?:date paid|payment date|invoice date)", r"payment method", r"(?:order|invoice|receipt) (?:number|no|#|total|date)",
         r"do not reply", r"visit our (?:support|help)", r"your (?:\w+ ){0,2}(?:invoice|receipt|statement|bill)(?: .{1,20})? is (?:attached|available|ready|now)", r"thank(?:s| you) for your (?:order|purchase|payment|business)", r"(?:ship|bill)(?:ped|ping|ed|ing)? to:"),
    ),
    "security": (
        (r"(?:verification|security|login|log-in|access|one[- ]time|confirmation) (?:code|passcode|pin|alert)", r"password (?:reset|changed?|expir\w+)|reset your password", r"sign[- ]?in|new (?:login|device)", r"(?:verify|confirm|activate) your (?:e-?mail|account|identity)"),
        (r"did(?:n['’]t| not) (?:make|request|initiate|attempt|recogni[sz]e|sign)", r"(?:ignore|disregard) this (?:e-?mail|message)", r"expires? (?:in|after|within) (?:\d+|one|two|24)", r"(?:verification|one-time|security|login) (?:code|passcode)", r"use (?:this|the following) code", r"verify your (?:identity|e-?mail|account)", r"(?:reset|change) your password", r"(?:new|unrecogni[sz]ed) (?:sign-?in|login|device)"),
    ),
    "survey": (
        (r"how did we do", r"(?:rate|tell us about|share) (?:your|our)", r"survey", r"(?:your )?feedback"),
        (r"(?:take|complete|start|begin) (?:the|our|this|a) (?:\w+ )?survey", r"rate your", r"ticket #?\w+ (?:has been|was|is) (?:closed|resolved|solved)", r"(?:hear|love|value|appreciate) your (?:feedback|opinion|thoughts)", r"survey (?:link|will take|takes)", r"on a scale of"),
    ),
    "document": (
        (r"(?:document|file|folder|item|spreadsheet|presentation) shared with you", r"shared .{1,80} with you", r"completed: ", r"(?:signature|review) request", r"please (?:docu)?sign", r"invitation to (?:edit|view|collaborate)", r"secure (?:message|e-?mail)"),
        (r"(?:has )?(?:invited you to|shared) (?:view|edit|comment|a (?:document|file|folder)|the following)", r"(?:view|open|edit) the following", r"(?:review|view|open) (?:document|file|folder)\b", r"your document has been", r"do not share this e-?mail", r"contains a secure link", r"sent you a (?:secure|document|file|encrypted)", r"this link (?:will )?(?:expires?|only works?|works? only)", r"(?:that|which) .{2,40} shared with you"),
    ),
    "scanner": (
        (r"scan(?:ned)? (?:from|image|document|to e-?mail|data)", r"message from .{0,20}(?:km_|rnp|ricoh|copier|mfp|bizhub|canon|xerox|\bhp\b)", r"attached image"),
        (r"was sent from ['\"“]?(?:[a-z]{2,}[0-9a-f]{4,}|.{0,20}mfp|.{0,20}copier|.{0,30}scanner)", r"scan(?:ned)? (?:date|time)\s?:", r"queries to\s?:", r"device (?:name|model|location)\s?:", r"attachment file type", r"(?:multifunction|xerox|ricoh|konica|canon) (?:printer|device|workcentre|multifunction|minolta)", r"number of (?:images|pages)\s?:", r"file format\s?:"),
    ),
    "social": (
        (r"mentioned you", r"tagged you", r"new comment|awaiting moderation", r"new (?:invitations?|connections?|followers?|messages?|notifications?)", r"wants to connect|connection request|join my network", r"(?:commented|replied|reacted|posted|liked) (?:on|to|in|your)", r"(?:invited you|invitation) to (?:join|connect)"),
        (r"mentioned you", r"(?:waiting for|awaiting) (?:your )?(?:approval|moderation)", r"(?:approve|trash|spam|delete) it:", r"this (?:message|e-?mail) was (?:sent to|intended for)", r"(?:don['’]t|do not) want to (?:receive|get) (?:these|this|such)", r"\bunsubscribe\b", r"view (?:profile|on \w+|it on|post|comment|conversation)", r"reply to this e-?mail (?:directly|to comment)", r"(?:accept|see all) (?:invitation|notifications?)", r"(?:has )?invited you to", r"notification settings|(?:e-?mail|notification) preferences", r"\d+ (?:new|unread) (?:messages?|notifications?|posts?|comments?)"),
    ),
    "absence": (
        (r"\b(?:away|absent|vacation|holiday|leave|conference|urlaub|vacances|congés|vacaciones|férias|ferie)\b",),
        (r"(?:for|if|in case of|should|with) .{0,40}(?:urgent|emergenc|immediate (?:assistance|help|attention)|time[- ]sensitive)|(?:pour|en cas).{0,30}urgen|(?:para|en caso).{0,30}urgen|(?:in|bei) dringenden|per (?:urgenze|motivi urgenti|qualsiasi urgenza)|(?:voor|bij) (?:dringende|spoed)|em caso de urgência|för brådskande|ved hastende|w pilnych|v naléhavých|по срочным|sürgős esetben|acil",
         r"slow(?:er)? (?:to|in) (?:respon|repl|answer)|delay(?:ed|s)? (?:in |my )?(?:respon|repl|answer)|(?:respond|reply|answer|get back to you|return your (?:e-?mail|message|call)) (?:to you |to your (?:e-?mail|message) )?(?:when|once|upon|after|as soon as) i|limited (?:access|availability|connectivity)|intermittent(?:ly)? (?:access|check)",
         r"\boff (?:work |duty )?(?:until|till|from|through|this|today|all)\b", r"not (?:be )?(?:checking|reading|monitoring|answering) (?:my |any )?(?:messages|e-?mails?|voice ?mails?)", r"(?:attending|traveling|travelling|off work|parental leave|sabbatical|jury duty|out sick|on pto|taking (?:some |a few )?(?:time|days) off|away)\b.{0,60}(?:through|until|till|from|to|this|next|all|week)",
         r"(?:returning|return|back) (?:to (?:the office|work|my desk) |in (?:the )?office )?(?:on|by) (?:\w+day|\w+ \d|\d)",
         r"(?:bis|ab|vom|wieder) .{0,40}(?:im (?:büro|haus|urlaub|dienst)|erreichbar|abwesend|zurück)|(?:actuellement|suis|serai) .{0,20}(?:en (?:vacances|congés?|déplacement|formation)|absente?)|(?:estaré|estoy|me encuentro) .{0,20}(?:vacaciones|ausente|fuera|baja)|(?:estou|estarei) .{0,20}(?:férias|ausente|fora|licença)|(?:sono|sarò) .{0,20}(?:ferie|assente|fuori|vacanza)|(?:met|op) (?:vakantie|verlof)|afwezig|\b(?:na|w) urlop|dovolen[éo]|в отпуске|szabadságon|în concediu|izinli|yıllık izin|semester(?:n)? (?:till|fram)|föräldraledig",
         r"(?:vous|te) répondrai|à partir du|werde ich (?:sie|ihnen|ihre|mich).{0,40}(?:beantworten|antworten|melden)|responderé|responderei|risponderò|zal ik .{0,30}(?:beantwoorden|reageren)|svarar jag|svarer jeg|odpowiem"),
    ),
    "appointment": (
        (r"appointment|reminder",),
        (r"this is a (?:friendly |courtesy )?reminder (?:of|that|about|for)", r"reply (?:with )?['\"“]?(?:c|y|yes|stop|1|confirm)['\"”]? (?:to|if)", r"to (?:confirm|reschedule|cancel)(?:,| or| your| this| please)"),
    ),
    "account": (
        (r"welcome to|terms of (?:use|service)|privacy policy|registration|your (?:free )?trial|renewal|your (?:\w+ )?(?:password|account|subscription|storage|timesheet|pay ?stub|paycheck)|is (?:now )?(?:available|ready)|confirmation|disk space|unread|digest|newsletter|mailbox (?:is|almost|size|quota)|quota",),
        (r"thank(?:s| you) for (?:choosing|using|registering|signing up|subscribing|joining|being a)", r"is now (?:available|ready|active|live)", r"(?:log|sign)[ -]?(?:in|on) (?:to|here) (?:to )?(?:view|your|read|access|see)",
         r"you have (?:a|an|\d+) (?:new|unread|pending) (?:secure )?(?:messages?|notifications?|documents?|statements?|items?|tasks?|approvals?)", r"you(?:['’]re| are| have)(?: now)?(?: been)?(?: successfully)? (?:registered|subscribed|enrolled|signed up)", r"add (?:this )?(?:event )?to (?:your |my )?calendar",
         r"all rights reserved|copyright (?:©|\(c\))? ?20\d\d|(?:©|\(c\)) ?20\d\d", r"(?:the|your|-) ?[\w&.' ]{2,30} team\s*(?:$|copyright|©|\d)", r"get started", r"(?:will|is about to|is set to) (?:automatically )?(?:renew|expire|be suspended)", r"(?:have|we['’]ve|we['’]re|are) (?:made (?:some )?(?:updates|changes) to|updat(?:ing|ed)) (?:our|the)",
         r"(?:manage|update|change|adjust) (?:your )?(?:e-?mail |notification |subscription |communication )?(?:preferences|settings|notifications)", r"(?:made|brought to you|powered|sent) by \w+\s*$", r"\b(?:privacy policy|terms of (?:use|service))", r"running (?:low|out)|\d ?% (?:used|full)", r"(?:contact|call) (?:our )?(?:customer|technical|member) (?:support|service|care)", r"approve or reject|awaiting your approval"),
    ),
}  # fmt: skip

CANNED_QUESTIONS = (
    r"(?:do you )?(?:have |got )?(?:any |more |other |further )?questions?(?: or (?:concerns|comments))?\s?\?", r"need (?:more |further |additional )?(?:help|assistance|support)\s?\?", r"(?:wasn['’]t|not|was this not) you\s?\?",
    r"did(?:n['’]t| not) (?:request|make|sign up for|order) (?:this|it)\s?\?", r"(?:having )?trouble (?:viewing|reading|opening|seeing|logging).{0,40}\?", r"(?:can['’]t|cannot|unable to) (?:see|view|read|open).{0,40}\?",
    r"(?:no longer )?(?:want|wish) to (?:unsubscribe|receive|stop receiving|change).{0,60}\?", r"how (?:did|are) we (?:do|doing)\s?\?", r"(?:haben sie|noch) fragen\s?\?", r"(?:des|une) questions?\s?\?", r"¿(?:tiene|alguna) (?:preguntas?|duda)s?\s?\?",
)  # fmt: skip
"""Questions that stand in notices for decoration; they ask us nothing."""

REQUESTS = (
    r"please advise", r"(?:can|could|should|may|do|does|shall|would) (?:we|i|you|they|she|he|it|this|these) (?:\w+ )?(?:bill|code|use|report|append|tell|help|charge|get|need|know|be)", r"code,? please|please (?:code|help|review|check|explain|confirm|tell|answer|clarify)", r"which (?:code|modifier|one)", r"how (?:do|should|many|much|would) ",
    r"let (?:me|us) know (?:which|what|how|whether|if (?:we|i|it|this|that|modifier|\d))", r"is (?:it|this|that) (?:ok|okay|correct|right|billable|payable|bundled)", r"what (?:code|modifier|is|are|do|would) ",
    r"\b(?:my|our) (?:last |earlier |first )?(?:questions?|claims?|e-?mail)\b", r"(?<!you )\bneeds? (?:the|to know|codes?|advice|modifiers?|your)\b", r"looking for\b", r"we (?:want|would like|plan|wish) to", r"not sure (?:if|whether|how|which|what)", r"wondering",
)  # fmt: skip
"""How people ask without a question mark."""

SUBSTANCE = (
    r"\bpatients?\b(?! (?:financial|services?|portal|access|accounts?|survey|satisfaction|experience))", r"\bmodifiers?\b", r"\bmedicare\b|\bmedicaid\b", r"\bpayers?\b", r"\b(?:denied|denials?|denies|rebill\w*)\b", r"\b(?:procedures?|surgeons?|surgery)\b",
    r"\bdiagnos\w+", r"\b(?:cpt|icd|hcpcs|ncci)\b", r"\bdates? of service\b", r"\bunits?\b", r"\b(?:injections?|infusions?|injected|infused|lesions?|vaccines?)\b", r"\b(?:nurse|office|new|established|home|urgent|child) (?:patient )?visits?\b", r"\b(?:add-on|incident[- ]to|locum|global period|pos \d\d)\b",
    r"\b(?:left|right|both|bilateral) (?:arms?|knees?|shoulders?|deltoid|hips?|eyes?|ears?|sides?)\b", r"\b\d{1,3} ?(?:minutes?|mins?|mg|ml|cm)\b",
)  # fmt: skip
"""What coders write about; a help desk's or a shop's notice has none of it."""
