"""The marks by which a run of text shows that it isn't the report's own prose."""

from __future__ import annotations

import re

from dragoman.domain import BlockKind

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_CLOCK = r"\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
_CREDITOR = (
    r"(?:(?:AP|AFP|REUTERS|Reuters|Getty(?: Images)?|EPA[-/]|ANI|PTI|TASS|Xinhua|KCNA|Yonhap|IRNA|ANSA|"
    r"DPA|dpa|IANS|SANA|AA|"
    r"UPI|Sputnik|Kyodo|Bloomberg|Anadolu|Images?|Photos?|File|FILE|Picture|Courtesy|Pool|Handout|"
    r"Screengrab|Twitter|via )\b)"
)

# (kind, name of the mark, pattern for the whole unit); the first that matches names the kind.
_RULES: tuple[tuple[BlockKind, str, str], ...] = (
    (
        "boilerplate", "ad mark",
        r"(?i)^\[/?(?:ad|ads|adrotate|advert\w*|caption|embed|gallery|video|playlist)[_\w -]*\]$",
    ),
    (
        "boilerplate", "advertisement",
        r"(?i)^(?:- )?(?:advertisements?|sponsored(?: content)?|promoted|story continues below.*|"
        r"article continues.*|continue reading.*|scroll to continue.*|ad)\W*$",
    ),
    (
        "boilerplate", "end mark",
        r"(?i)^\W*(?:-0-|-30-|\(?ends?\)?|\(?end (?:of )?(?:item|text)\)?|begin text|#\s*#\s*#|read less)\W*$",
    ),
    ("boilerplate", "no words", r"^[\W_\d]+$"),
    ("caption", "photo mark", r"^\W*[📸📷📹🎥🖼]️?\W*(?:©|[Pp]hoto|[Vv]ideo|[Cc]redit|[Ss]ource).{0,120}$"),
    ("boilerplate", "hashtags", r"^\W*(?:[#@]\w+\W+)*[#@]\w+\W*$"),
    ("boilerplate", "link", r"(?i)^\W*(?:(?:source|link|via|watch|read)\W+)?(?:https?://|www\.)\S+\W*$"),
    (
        "boilerplate", "last update",
        r"(?i)^\W*(?:(?:last|latest) (?:update|updated|modified|edited)|news date|(?:first )?published|posted|"
        r"updated|released|issued|publish(?:ed)? date|date)(?: on| at| by)?\s*(?:[:|–-]|$).{0,80}$",
    ),
    (
        "boilerplate", "time of day",
        rf"(?i)^\W*(?:today|yesterday|(?:(?:mon|tues|wednes|thurs|fri|satur|"
        rf"sun)day,? )?{_DAY})?,?(?: at)? ?{_CLOCK}(?: ?[A-Z]{{2,4}})?\W*$",
    ),
    ("boilerplate", "date line", rf"(?i)^\W*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?{_DAY}\W*$"),
    (
        "boilerplate", "programme",
        r"(?i)^\W*(?:news |the )?(?:release|issue|edition|bulletin|"
        r"episode)\b.{0,60}\b\d{1,2}\.\d{1,2}\. ?\d{4}\W*$",
    ),
    (
        "boilerplate", "read more",
        r"(?i)^\W*(?:(?:read|see|learn|find out|watch|view|show|listen) (?:more|also|next|all|here|live|"
        r"in full|it in full|the (?:full|whole|complete|entire) \w+|the \w+(?: \w+)? in full)\b.{0,160}|"
        r"(?:full|complete) (?:message|statement|text|story|article|transcript|video|version|interview)|"
        r"details|watch|read)\W*$",
    ),
    (
        "boilerplate", "also read",
        r"(?i)^\W*(?:also (?:read|see|watch)|must read|related(?: (?:articles?|news|stories|posts?|topics|"
        r"links|coverage|content))?|more (?:on|from|about) (?:this|the) (?:story|topic|author)|you (?:may|"
        r"might) (?:also )?(?:like|be interested)|recommended(?: for you)?|most (?:read|popular|viewed)|"
        r"trending(?: now)?|editor['’]s picks?|don['’]t miss|top stories|latest news|in case you missed it|"
        r"read this)\s*(?:[:|>»–-].{0,200})?$",
    ),
    (
        "boilerplate", "share",
        r"(?i)^\W*(?:share(?: (?:this|on|via|it|article|story))\b.{0,60}|share|click to (?:share|print|email|"
        r"tweet)\b.{0,80}|(?:(?:facebook|twitter|whatsapp|telegram|linkedin|pinterest|reddit|instagram|"
        r"youtube|email|e-mail|print|copy link|tweet|x|share|tumblr|flipboard|viber|"
        r"messenger)\W+)*(?:facebook|twitter|whatsapp|telegram|linkedin|pinterest|reddit|instagram|youtube|"
        r"email|e-mail|print|copy link|tweet|tumblr|flipboard|viber|messenger))\W*$",
    ),
    (
        "boilerplate", "follow",
        r"(?i)^\W*(?:follow (?:us|our|me)\b|follow .{2,40} on (?:twitter|x|facebook|instagram|telegram|"
        r"whatsapp|youtube)\b|subscribe (?:to|for|now|here)\b|sign up (?:to|for|now|here)\b|join (?:our|"
        r"us on)\b|download (?:our|the) app|get (?:our|the latest|all the latest|live|"
        r"breaking)\b.{0,60}(?:newsletter|news|updates|app|inbox)|stay (?:updated|tuned|informed|connected)|"
        r"enter your e-?mail|for (?:more|further) (?:information|details|news|updates)\b|to (?:read|learn|"
        r"find out) more\b|support (?:our|independent) journalism|donate\b|click here|"
        r"p\.? ?(?:p\.? ?)?s\.? if you liked|tune in).{0,240}$",
    ),
    (
        "boilerplate", "site notice",
        r"(?i)^\W*(?:(?:this|our) (?:web)?site uses cookies|we (?:use|value) (?:cookies|your privacy)|"
        r"by (?:continuing|clicking|using)\b.{0,40}(?:site|you agree|cookies)|accept (?:all )?cookies|"
        r"cookie (?:policy|settings|notice)|privacy policy|terms (?:of|and) (?:use|service|conditions)|"
        r"all rights reserved|copyright (?:©|\(c\)|\d{4})|©|\(c\) ?\d{4}|skip to (?:main )?content|"
        r"leave a (?:comment|reply)|post a comment|your email address will not|javascript (?:is|must)|"
        r"please enable|listen to this (?:article|story)|this (?:story|article|report|"
        r"post) (?:has not been edited|(?:has been|was|is) (?:edited|originally|first published|auto|"
        r"syndicated|generated by|published (?:unedited|from))))\b.{0,240}$",
    ),
    (
        "boilerplate", "site notice",
        r"(?i)^\W*(?:log ?in|sign (?:in|up)|register|subscribe|menu|search|home|(?:\d+ )?comments?(?: \(\d+\)|"
        r" are closed)?|no comments|loading|©.{0,120})\W*$",
    ),
    (
        "boilerplate", "disclaimer",
        r"(?i)^\W*(?:disclaimer|note to editors|editor['’]s note|with (?:agency )?inputs? from)\b.{0,400}$",
    ),
    (
        "boilerplate", "tags",
        r"(?i)^\W*(?:tags?|topics?|keywords?|categor(?:y|ies)|filed under|section|labels?|"
        r"posted in)\s*[:|].{0,200}$",
    ),
    (
        "boilerplate", "reading time",
        r"(?i)^\W*(?:\d+ (?:min(?:ute)?|hour|day|week)(?:s|\(s\))? (?:read|ago)|reading time.{0,20}|"
        r"est\.? reading.{0,30})\W*$",
    ),
    ("dateline", "dateline alone", r"^[A-Z][A-Z .,'’-]{2,40} ?(?:--+|[—–-])$"),
    ("dateline", "place pin", r"^📍.{2,120}$"),
    (
        "caption", "photo mark",
        r"(?i)^\W*(?:file (?:photo|image|pic(?:ture)?|foto)|file|photos?|images?|pictures?|pictured|caption|"
        r"video|watch|graphic|map|illustration|infographic|screengrab)(?: (?:by|credit|courtesy|source|"
        r"from))?\s*[:©|/].{0,300}$",
    ),
    (
        "caption", "photo credit",
        rf"(?s)^.{{0,260}}[(\[](?:(?:Photo|Image|Picture|File|Credit|Source)[^()]{{0,40}}|"
        rf"{_CREDITOR}[^()]{{0,40}}|[^()]{{0,40}}(?:/|via |Getty Images|Photo|Images?){_CREDITOR}?)[)\]]\W*$",
    ),
    (
        "caption", "photo credit",
        r"(?s)^.{0,260}(?:Getty Images|\bAP Photo\b|Photo by [A-Z]|REUTERS/[A-Z]|AFP/[A-Z]|EPA[-/][A-Z]|"
        r"/(?:AFP|REUTERS|Reuters|EPA|AP|Anadolu))[^.]{0,60}$",
    ),
    (
        "byline", "by",
        r"^(?:By|BY|by|Written by|Story by|Text by|Authors?:) ?[A-Z][^.!?:]{2,90}(?:[,|–-] .{0,20}\d{4}.{0,20})?$",
    ),
    (
        "byline", "credits",
        r"(?i)^\W*(?:reporting|additional reporting|writing|editing|edited|compiled|translated|written|"
        r"produced|report|copy edited|with reporting|with contributions?) (?:by|from)\b.{0,300}$",
    ),
    (
        "byline", "the writer",
        r"(?i)^\W*(?:the (?:writer|author|columnist|contributor)s? (?:is|are|was|has|works|teaches|"
        r"can be)\b|about the authors?|views? expressed|the (?:views|opinions) expressed|opinions expressed|"
        r"written by)",
    ),
    (
        "byline", "contact",
        r"(?i)^\W*(?:e-?mail|contact|phone|tel\.?|twitter|media contact|press contact)s?\s*:.{0,160}$",
    ),
    (
        "byline", "issuing office",
        r"(?i)^(?:the )?(?:(?:office|bureau|embassy|mission|permanent mission|press service|press office|"
        r"press and information) (?:of|to|for|department)|press release$|media note$|fact sheet$|readout$|"
        r"statement by the press secretary$)[^.!?]{0,90}$",
    ),
    (
        "byline", "attribution note",
        r"(?i)^the (?:below|following) (?:statement |readout |is |was |text )?(?:is |was )?(?:attributable|"
        r"attributed) to .{3,120}:?$",
    ),
)  # fmt: skip
_SMALL = r"(?:of|for|to|and|the|on|in|at|with|de|al|bin|von|van|da|el|ul|EU|UN|&)"
_CAPITALS = rf"(?:(?:[A-Z0-9(][^\s.!?:;]*+\.?+|{_SMALL}),?+ ?+)"
SPEAKER_LINE = re.compile(
    rf"^(?:(?:Hon|Dr|Mr|Mrs|Ms|The Rt Hon|Rt Hon)\.? )?[A-Z][\w.'’-]+(?: (?:[A-Z][\w.'’-]*|bin|ibn|al|de|"
    rf"van|von|da|el|ul)){{1,6}} ?, ?"
    rf"(?={_CAPITALS}*+$)[^.!?]*\b(?:Secretary|Spokes\w+|Minister|Ambassador|Director|President|"
    r"Co-?ordinator|Advis[eo]r|Envoy|"
    r"Administrator|Representative|Official|Commander|Chair\w*|Chief|Commissioner|Prince|Princess|King|"
    r"Queen|Emir|Sultan|Chancellor)"
)
"""``Jane Doe, Acting Spokesperson`` at the top of a release, small words apart all in capitals."""
PLACE_LINE = re.compile(
    r"^[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2}(?:, (?:the )?[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2}){1,2}(?<![a-z]\.)$"
)
"""``Panama City, Panama`` on a line of its own above a speech."""
SPEAKER_LABEL = re.compile(r"^\W*(?:[A-Z][A-Z .'’-]+|(?:Question|Answer|Q|A)|[A-Z]\w+ [A-Z]\w+) ?:")
_LONGEST_MARK = 700
"""No mark is longer; a bound on what the patterns see keeps them fast on hostile text."""
_COMPILED = tuple((kind, name, re.compile(pattern)) for kind, name, pattern in _RULES)

SUMMARY_HEADING = re.compile(
    r"(?i)^\W*(?:(?:story |news |article )?highlights?|key (?:points|takeaways|facts|highlights)|in short|"
    r"in brief|at a glance|"
    r"summary|takeaways?|what (?:you need )?to know|the gist|quick (?:read|summary)|ai summary|"
    r"bullet points|synopsis|tl;?dr)\W*$"
)
LEAD_IN = re.compile(
    r"(?i)^\W*(?:see|watch|view|read) (?:in |on )?this (?:issue|episode|edition|release|"
    r"program(?:me)?)\s*:\s*"
)
TAIL = re.compile(
    r"(?:\s*(?:-0-|-30-|\(ENDS?\)|\[/?ad_\d+\]|(?<=[.!?…\"”’)] )#\w+(?:\s+#\w+)*|(?<=…)\s*(?i:read more|"
    r"read less|continue reading)|"
    r"(?<=\.\.\.)\s*(?i:read more|read less)|(?<=[.!?] )(?i:read more)(?: here)?\.?))+\s*$"
)
END_CREDIT = re.compile(
    rf"(?<=[.!?\"”’])\s*(\((?:{_CREDITOR}|[A-Z][A-Za-z]{{1,12}})(?:[/ ,][A-Za-z /]{{1,40}})?\))\s*$"
)

_CITY = r"[A-Z][\w.'’]*(?:[ -](?:[A-Z][\w.'’]*|de|el|al|of|the|la|and)){0,5}"
_WHERE = rf"{_CITY}(?:,? ?(?:\[[^\]]{{2,30}}\]|\([A-Z][a-z][^)]{{2,30}}\)))?(?:[/,] ?{_CITY}){{0,3}}"
_WHEN = rf"(?i:(?:(?:mon|tues|wednes|thurs|fri|satur|sun)[a-z]*\.?,? )?{_DAY})"
_WHO = r"(?:\((?:[A-Z][\w .&/’'-]{1,40}|dpa)\)|/[A-Z][\w /-]{1,30}/)"
_DASH = r"(?:--+|[—–]|-(?=\s)|:)"
_START = r"\s*(?=[\"“‘'(\[A-Z0-9])"
DATELINE = re.compile(
    rf"^[\s\"“]?(?:"
    rf"{_WHERE}[,.]? ?{_WHEN}[.,]? ?{_WHO}\.? ?(?:{_DASH}|\.)?|"
    rf"{_WHERE}, {_WHEN}\.? ?{_DASH}|"
    rf"{_WHERE},? ?(?:{_WHEN}, ?)?(?:\((?=[^)]*{_CREDITOR})[^)]{{2,40}}\)|/{_CREDITOR}/|"
    rf"{_CREDITOR}(?= ?[–—-])) ?\.? ?{_DASH}|"
    rf"\({_CREDITOR}[^)]{{0,20}}\) ?(?:--+|[—–]|-(?=\s))"
    rf"){_START}"
)
"""``KYIV, March 3 (Reuters) -``, ``Tehran, IRNA –``, ``MOSCOW, January 12. /TASS/.``, ``(Reuters) -``."""
CAPITALS_DATELINE = re.compile(
    rf"^(?!(?:COVID|UPDATE|BREAKING|EXCLUSIVE|ANALYSIS|OPINION|QUESTION|ANSWER|NOTE|WATCH|VIDEO|UN|EU|NATO|US|UK)\b)"
    rf"[A-Z][A-Z.'’-]{{2,}}(?:[ ,]+[A-Z][A-Za-z.'’]*){{0,4}}(?: ?\([A-Z][\w .&-]{{1,30}}\))? ?(?:--+|—|"
    rf"(?<= )[–-](?= )){_START}"
)
"""``WASHINGTON —``: so only at the top of a report."""

_BIO_NAME = re.compile(
    r"^(?:[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}|He|She|The (?:writer|author)) (?:is|was|has|holds|works|"
    r"writes|covers|joined|graduated|reports)\b"
)
_BIO_WORDS = re.compile(
    r"(?i)journalis[mt]\w*|correspondent|\breporter\b|\beditor\b|sub-editor|columnist|graduated|alumn\w+|"
    r"years of experience|"
    r"in the media|newsroom|content writer|\bwrites (?:on|about|for)\b|\bcovers\b|contributor|since (?:19|"
    r"20)\d\d|degree in|"
    r"has (?:worked|been (?:working|associated|connected))|giving (?:its|his|her) services|passion for|bureau chief"
)
_BIO_EVIDENCE = 2


def find_mark(text: str) -> tuple[BlockKind, str] | None:
    """The kind and the mark of a unit that isn't prose of the report, ``None`` for all others."""
    if len(text) > _LONGEST_MARK:
        return None
    for kind, name, pattern in _COMPILED:
        if pattern.match(text):
            return kind, name
    return None


def is_author_note(text: str) -> bool:
    """Whether this tells the writer's career: a name, a verb of being, and two words of the trade."""
    text = text[:_LONGEST_MARK]
    return bool(_BIO_NAME.match(text)) and len({hit.lower() for hit in _BIO_WORDS.findall(text)}) >= _BIO_EVIDENCE
