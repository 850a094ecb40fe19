"""What stands below the words of a message: closings, telephone footers, notices; and gateways' banners above."""

from __future__ import annotations

_DEVICE = (
    r"(?:my |the |your |an? )?(?:all[- ])?(?:new )?(?:[\w'’+-]+ ){0,3}?(?:i ?phone|i ?pad|ipod|i ?cloud|android|galaxy"
    r"|samsung|black ?berry|windows|outlook|yahoo|aol|gmail|mail|mobile|phone|smartphone|tablet|telephone|verizon|t-mobile"
    r"|at&t|sprint|nokia|htc|motorola|droid|huawei|xiaomi|redmi|honor|oneplus|pixel|lg|sony|lumia|palm|treo|surface|mac"
    r"|macbook|proton ?mail|proton|tutanota|tuta|spark|edison|superhuman|hey|zoho|mailspring|mailbird|airmail|thunderbird"
    r"|k-9|fairphone|typeapp|bluemail|nine|newton|hand ?held|wireless|device|boxer|workspace one|commuter)\b"
)

FOOTERS = {
    "en": (
        rf"sent (?:from|via|with|using|by) {_DEVICE}.{{0,120}}",
        r"sent (?:from|with) \[[^\]]{2,30}\]\(https?://[^)]{3,80}\).{0,40}",
        r"(?:get|download) (?:\[?outlook\]?|yahoo mail|the .{1,20} app) (?:\S+ )?for (?:ios|android|mobile|mac|windows).{0,90}",
        r"(?:please )?(?:excuse|pardon|forgive) (?:my |the |any )?(?:brevity|typos?|spelling|errors).{0,80}",
        r"sent while (?:mobile|on the (?:go|move|road)).{0,40}",
        r"(?:sent|typed) (?:with|by) (?:my )?thumbs.{0,40}",
    ),
    "de": (r"(?:von|vom) (?:meinem?|mein|unterwegs|handy).{0,40}(?:gesendet|geschickt|gesandt).{0,20}",
           r"(?:gesendet|gesandt|verschickt) (?:von|mit|über|aus) .{2,60}", r"diese nachricht wurde von meinem .{2,60}"),
    "fr": (r"envoyé (?:de|depuis|à partir d[eu]|avec|par|via) .{2,60}",
           r"(?:obtenez|télécharger) outlook pour .{2,40}"),
    "es": (r"enviado (?:desde|con|de|por|a través de) .{2,60}", r"obtener outlook para .{2,40}"),
    "pt": (r"enviado (?:do|da|de|a partir|através|com|pelo|via) .{2,60}", r"obter o outlook para .{2,40}"),
    "it": (r"inviato (?:da|dal|con|tramite) .{2,60}", r"(?:ottieni|scarica) outlook per .{2,40}"),
    "nl": (r"(?:verzonden|verstuurd) (?:vanaf|van|met|via|vanuit) .{2,60}", r"outlook voor (?:ios|android) downloaden.{0,40}"),
    "pl": (r"wysłan[eoay] z .{2,60}", r"pobierz outlook dla .{2,40}"),
    "sv": (r"skickat från .{2,60}", r"hämta outlook för .{2,40}"),
    "da": (r"sendt fra (?:min |mit )?.{2,60}", r"hent outlook til .{2,40}"),
    "no": (r"sendt fra (?:min |mitt )?.{2,60}", r"(?:hent|last ned) outlook for .{2,40}"),
    "fi": (r"lähetetty .{2,60}", r"hanki outlook .{2,40}"),
    "cs": (r"odesláno (?:z|ze|pomocí) .{2,60}",),
    "sk": (r"odoslané (?:z|zo|pomocou) .{2,60}",),
    "hu": (r"elküldve az? .{2,60}", r"iphone-ról küldve", r".{2,30} készülékről küldve"),
    "ro": (r"trimis (?:de pe|din|cu) .{2,60}",),
    "ru": (r"отправлено (?:с|из|через) .{2,60}", r"отправлено .{2,20}mail.{0,20}"),
    "uk": (r"надіслано (?:з|із|через) .{2,60}", r"відправлено (?:з|із) .{2,60}"),
    "bg": (r"изпратено от .{2,60}",),
    "tr": (r".{2,30}(?:['’]?[ıiuü]m)?(?:dan|den|tan|ten) gönderildi.{0,20}",),
    "el": (r"στάλθηκε από .{2,60}", r"απεστάλη από .{2,60}"),
    "hr": (r"poslano (?:s|sa|iz|putem) .{2,60}",),
    "et": (r"saadetud minu .{2,40}",),
    "id": (r"dikirim dari .{2,60}",),
    "vi": (r"(?:đã )?gửi từ .{2,60}",),
    "he": (r"נשלח (?:מה|מ-?|באמצעות).{2,60}",),
    "ar": (r"(?:أ?ُ?رسلت|تم الإرسال|مرسل) من .{2,60}",),
    "ja": (r".{2,30}から送信.{0,10}",),
    "zh": (r"(?:发自|发送自|來自|从|從)\s?.{2,30}", r"從我的.{2,20}(?:傳送|寄出)", r"获取 ?outlook.{0,40}"),
    "ko": (r".{0,12}(?:iphone|갤럭시|galaxy|ipad|아이폰|휴대폰|스마트폰).{0,6}에서 보냄", r".{2,20}에서 보낸 메일입니다\.?"),
}  # fmt: skip

CLOSINGS = {
    "en": (
        r"(?:many |much |with |sincere )?thanks?(?: you)?(?: so much| very much| in advance| again|!| a lot| a million"
        r"| for your (?:help|time))*(?: and (?:best |kind |warm )?regards)?",
        r"thx|tia|ty|rgds|br|kr|b\. ?rgds",
        r"(?:with )?(?:my |our )?(?:best|kind|warm|kindest|warmest|very best)?(?: |est )?(?:regards|wishes)",
        r"all the best|best|cheers|sincerely(?: yours)?|take care|talk soon",
        r"yours(?: (?:truly|sincerely|faithfully))?|respectfully(?: yours)?|cordially|very truly yours",
    ),
    "de": (r"(?:mit )?(?:freundlich(?:en|e|em)|besten?|herzlich(?:en|e)|lieben?|viele|schön(?:en|e)) (?:gr(?:ü|ue)(?:ß|ss)(?:en|e)|gruß|gruss|dank)"
           r"(?: und .{3,30})?", r"mfg|lg|vg|gru(?:ß|ss)|hochachtungsvoll"),
    "fr": (r"(?:bien |très )?(?:cordialement|sincèrement|amicalement)(?: vôtre)?|bien à (?:vous|toi)|salutations(?: distinguées)?|merci(?: d['’]avance)?|cdlt|cdt",),
    "es": (r"(?:un |muchos )?(?:cordial(?:es)? )?saludos?(?: cordial(?:es)?)?|atentamente|(?:muchas )?gracias(?: de antemano)?|un abrazo",),
    "pt": (r"atenciosamente|(?:com os )?(?:melhores )?cumprimentos|att\.?|abraços?|(?:muito )?obrigad[oa]",),
    "it": (r"(?:cordiali |distinti )?saluti|cordialmente|grazie(?: mille)?",),
    "nl": (r"(?:met )?(?:vriendelijke|hartelijke|beste) groet(?:en)?|groet(?:en|jes)?|mvg|(?:alvast )?bedankt",),
    "pl": (r"(?:serdecznie )?pozdrawiam(?: serdecznie)?|z (?:poważaniem|wyrazami szacunku)|dziękuję",),
    "sv": (r"(?:med )?vänlig(?:a)? hälsning(?:ar)?|hälsningar|mvh|tack",),
    "da": (r"(?:med )?venlig hilsen|hilsen|vh|mvh|tak",),
    "no": (r"(?:med )?vennlig hilsen|hilsen|mvh|takk",),
    "fi": (r"(?:ystävällisin |parhain )?terveisin|terveisin|t\.|kiitos|kiittäen",),
    "cs": (r"s pozdravem|(?:s )?přátelským pozdravem|děkuji|hezký den",),
    "sk": (r"s pozdravom|ďakujem",),
    "hu": (r"üdvözlettel|tisztelettel|köszönettel|köszönöm",),
    "ro": (r"cu (?:stimă|respect)|toate cele bune|mulțumesc",),
    "ru": (r"с уважением|спасибо|всего доброго|с наилучшими пожеланиями",),
    "uk": (r"з повагою|дякую|щиро ваш[аі]?",),
    "tr": (r"saygılarımla|iyi çalışmalar|teşekkürler|selamlar",),
    "el": (r"με εκτίμηση|ευχαριστώ|φιλικά",),
    "he": (r"בברכה|תודה(?: רבה)?|בכבוד רב",),
    "ar": (r"مع (?:أطيب )?التحيات|تحياتي|وتفضلوا بقبول.{0,40}|شكراً?",),
    "ja": (r"よろしくお願い(?:いた|致)?します。?|以上|敬具",),
    "zh": (r"此致|敬礼|祝好|谢谢|謝謝|顺祝商祺",),
    "ko": (r"감사합니다\.?|드림",),
}  # fmt: skip

NOTICES = {
    "en": (
        r"confidentiality (?:notice|statement|note|warning)",
        r"this (?:e-?mail|message|communication|transmission|electronic (?:mail|message))\b.{0,160}?(?:confidential|privileged"
        r"|intended (?:only|solely|for)|intended recipient|protected health information|sole use)",
        r"(?:the )?(?:information|content)s? (?:contained|transmitted|included) in this (?:e-?mail|message|transmission|communication)",
        r"if you (?:have received|are not the intended|received) (?:this|it|recipient)? ?"
        r"(?:recipient|(?:e-?mail|message|communication|transmission)? ?in error)",
        r"(?:please )?(?:consider|think of) the environment before printing",
        r"\A\W*(?:disclaimer|notice|privileged (?:and|&) confidential|hipaa notice|legal notice)\b\W",
        r"this (?:e-?mail|message) (?:has been|was) (?:scanned|checked) (?:for viruses|by)",
        r"virus-free\. ?www\.|checked by avg",
        r"you received this message because you are subscribed to",
    ),
    "de": (r"diese (?:e-?mail|nachricht) .{0,80}vertraulich", r"der inhalt dieser (?:e-?mail|nachricht) .{0,80}vertraulich",
           r"bitte (?:prüfen|denken) sie .{0,60}(?:umwelt|ausdrucken)", r"\A\W*vertraulichkeitshinweis"),
    "fr": (r"ce (?:message|courriel|mail|e-?mail) .{0,160}confidentiel", r"\A\W*avis de confidentialité",
           r"si vous (?:avez reçu|recevez) ce (?:message|courriel|mail) par erreur", r"pensez à l['’]environnement"),
    "es": (r"este (?:mensaje|correo|e-?mail) .{0,200}(?:confidencial|exclusiv)", r"\A\W*aviso (?:legal|de confidencialidad)",
           r"antes de imprimir este (?:mensaje|correo)"),
    "pt": (r"est[ae] (?:mensagem|e-?mail|correio) .{0,160}confidencia", r"\A\W*aviso (?:legal|de confidencialidade)",
           r"antes de imprimir"),
    "it": (r"(?:questo|il presente) (?:messaggio|e-?mail) .{0,160}(?:riservat|confidenzial)", r"\A\W*avviso di riservatezza",
           r"le informazioni contenute in quest[ao]"),
    "nl": (r"d(?:it|eze) (?:bericht|e-?mail) .{0,160}vertrouwelijk", r"\A\W*disclaimer"),
    "pl": (r"(?:ta|niniejsza) wiadomość .{0,160}poufn",),
    "sv": (r"d(?:etta|et här) (?:meddelande|e-post\w*) .{0,160}konfidentiell",),
    "da": (r"denne (?:e-?mail|meddelelse) .{0,160}fortrolig",),
    "no": (r"denne (?:e-?posten|meldingen) .{0,160}konfidensiell",),
    "fi": (r"tämä (?:viesti|sähköposti) .{0,160}luottamuksellinen",),
    "ru": (r"(?:это|данное|настоящее) (?:сообщение|письмо) .{0,200}конфиденциальн",),
    "ja": (r"このメール.{0,80}機密",),
    "zh": (r"(?:本|此)(?:邮件|郵件|电子邮件|電子郵件).{0,80}(?:保密|机密|機密)",),
}  # fmt: skip

BANNERS = {
    "en": (
        r"\W*(?:caution|warning|external(?: e-?mail| sender| message)?|attention|notice|alert)\W+.{0,60}(?:originated|sent|came|comes) "
        r"(?:from )?(?:an? )?(?:outside|external).{0,400}",
        r"\W*(?:this (?:e-?mail|message) (?:originated|was sent|came|is) from (?:outside|an external|someone outside)).{0,400}",
        r"\W*you don['’]t often get email from .{0,200}",
        r"\W*\[?external(?: e-?mail)?\]?\W*",
    ),
    "de": (r"\W*(?:achtung|vorsicht|externe e-?mail)\W+.{0,60}extern.{0,300}",),
    "fr": (r"\W*(?:attention|prudence)\W+.{0,80}(?:extérieur|externe).{0,300}",),
    "es": (r"\W*(?:precaución|atención|aviso)\W+.{0,80}(?:externo|fuera de la organización).{0,300}",),
    "pt": (r"\W*(?:atenção|cuidado)\W+.{0,80}(?:externo|fora da organização).{0,300}",),
    "nl": (r"\W*(?:let op|waarschuwing)\W+.{0,80}extern.{0,300}",),
}  # fmt: skip
"""What a gateway writes above the sender's words: one paragraph at the very top."""
