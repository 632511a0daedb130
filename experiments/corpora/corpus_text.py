# SPDX-License-Identifier: GPL-3.0-or-later
"""From a page of documentation, a manual page, a game scenario or a Python file to the paragraphs worth keeping."""
import html.parser
import re
import unicodedata

MAX_PY_FILE = 60_000        # characters
MIN_TRANSLATED = 0.7        # share of a page's prose that is in the expected language


# ---- from markup to paragraphs ----

INLINE = set("""a abbr acronym b big cite code em font i img kbd q small span strong sub sup tt u var wbr emphasis
    guilabel guimenu guimenuitem guisubmenu guibutton guiicon menuchoice keycombo keycap application filename command
    option ulink link xref quote replaceable literal parameter envar userinput computeroutput systemitem productname
    trademark firstterm glossterm phrase email varname function type interface citetitle gui guiseq key keyseq app
    file cmd sys input output media inlinemediaobject""".split())
SKIP_TAGS = set("""script style noscript pre screen programlisting literallayout synopsis info head nav header footer
    aside form button select textarea svg math indexterm bookinfo articleinfo legalnotice copyright revhistory
    authorgroup screenshot mediaobject cmdsynopsis funcsynopsis toc remark credit shortcut""".split())
SKIP_CLASSES = set("""navheader navfooter toc docnav breadcrumbs howtoget relatedtopics footer nav_table contents
    page-header toplang bottomlang path quickview comments_section MAC author othercredit copyright legalnotice
    revhistory sphinxsidebar related headerlink authorgroup navCenter header screenshot""".split())
SEPARATORS = {"guiseq": " → ", "menuchoice": " → ", "keyseq": "+", "keycombo": "+"}


class Paragraphs(html.parser.HTMLParser):
    """Collects the paragraphs of an HTML, Mallard or DocBook page."""

    def __init__(self, xml):
        super().__init__(convert_charrefs=True)
        self.xml, self.stack, self.text, self.out, self.skip = xml, [], [], [], None
        self.first = self.shown = False

    def flush(self):
        self.out.append("".join(self.text))
        self.text = []

    def handle_starttag(self, tag, attrs, closed=False):
        tag, parent = tag.split(":")[-1], self.stack[-1] if self.stack else ""
        if self.skip is None:
            if tag not in INLINE:
                self.flush()
            elif parent in SEPARATORS and not self.first:
                self.text.append(SEPARATORS[parent])
            elif closed and tag in ("link", "xref"):
                self.text.append("\0")              # shown as the title of its target: the sentence has a hole
        if closed or tag in ("br", "hr", "img", "meta", "wbr", "col") or (tag in ("link", "input") and not self.xml):
            return
        self.stack.append(tag)
        self.first = tag in SEPARATORS
        marks = {v for k, value in attrs if k in ("class", "id") for v in (value or "").split()}
        block_code = self.xml and tag == "code" and parent in ("page", "section", "example", "listing", "item")
        case = tag == "span" and ("hidden", "true") in attrs and "MAC" not in marks  # a wording for one application
        other_case = case and self.shown
        self.shown = (self.shown or case) and "switchinline" not in marks
        if self.skip is None and (tag in SKIP_TAGS or block_code or other_case or marks & SKIP_CLASSES):
            self.skip = len(self.stack) - 1

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs, closed=True)

    def handle_endtag(self, tag):
        tag = tag.split(":")[-1]
        if tag in self.stack:
            while self.stack.pop() != tag:
                pass
            if self.skip is not None and len(self.stack) <= self.skip:
                self.skip = None
        if self.skip is None and tag not in INLINE:
            self.flush()

    def handle_data(self, data):
        if self.skip is None:
            self.text.append(data)


def page_paragraphs(text, xml):
    parser = Paragraphs(xml)
    parser.feed(text)
    parser.close()
    parser.flush()
    return parser.out


ACCENTS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", ":": "\u0308", "~": "\u0303", ",": "\u0327", "o": "\u030a"}
GLYPHS = {"aq": "'", "Aq": "'", "dq": '"', "cq": "’", "oq": "‘", "lq": "“", "rq": "”", 'L"': '"', 'R"': '"', "em": "—",
          "en": "–", "--": "—", "hy": "-", "ti": "~", "ha": "^", "rs": "\\", "Fo": "«", "Fc": "»", "Bq": "„", "bq": "‚",
          "->": "→", "at": "@", "ss": "ß", "oe": "œ", "OE": "Œ", "C`": "", "C'": "", "bu": "", "Lt": "<", "Gt": ">"}
SKIP_SECTION = re.compile(
    r"SEE ALSO|VOIR AUSSI|SIEHE AUCH|SYNOPSIS|SYNTAXE|ÜBERSICHT|[CK]OLOPHON|AUT(HOR|EUR|OR)|COPYRIGHT|LICEN[CS]"
    r"|LIZENZ|DROITS|URHEBER|TRADUCTION|ÜBERSETZUNG|TRANSLAT|REPORTING|SIGNAL(ER|EMENT)|RAPPORT|FEHLER.*MELDEN"
    r"|AVAILAB|DISPONIB|VERFÜGBAR|COMMENTS|REMARQUES", re.I)


def glyph(match):
    name = next(filter(None, match.groups()))
    if name not in GLYPHS and len(name) == 2 and name[0] in ACCENTS:
        return unicodedata.normalize("NFC", name[1] + ACCENTS[name[0]])
    return chr(int(name[1:], 16)) if re.fullmatch("u[0-9A-F]{4,5}", name) else GLYPHS.get(name, "\0")


def troff_text(line):
    """A line of a manual page without its escapes; an unknown one becomes a NUL."""
    line = re.sub(r"\\f(\[[^]]*\]|\(..|.)|\\s[+-]?\d+|\\m\[[^]]*\]|\\[hvwk]'[^']*'|\\\".*|\\n(\[[^]]*\]|\(..|.)", "", line)
    line = re.sub(r"\\\*?\[([^]]*)\]|\\\*?\((..)|\\\*(.)", glyph, line)
    return re.sub(r"\\(.)", lambda m: {"-": "-", " ": " ", "~": " ", "0": " ", "e": "\\", "'": "'"}.get(m[1], ""), line)


def man_paragraphs(text):
    """Paragraphs of a man(7) page, without tables, examples and the sections named above."""
    if re.search(r"^\.(Dd|so) ", text, re.M):       # mdoc(7), or a link to another page
        return []
    out, words, block, tag, skip = [], [], False, False, False

    def flush():
        out.append(" ".join(words))
        words.clear()

    for line in text.split("\n"):
        name, _, rest = line[1:].strip().partition(" ") if line.startswith(".") else ("", "", "")
        if not name:
            if not line or line[0] in " .":
                flush()
            elif not block and not skip and line[0] != "'":
                words.append(troff_text(line))
        elif name in ("SH", "SS", "PP", "P", "LP", "br", "sp", "RS", "RE", "IP", "HP", "TQ", "TP"):
            flush()
            tag = name == "TP"
            skip = bool(SKIP_SECTION.search(troff_text(rest))) if name == "SH" else skip
            continue
        elif name in ("nf", "EX", "TS", "EQ", "de", "ig", "SY", "Vb"):
            flush()
            block = True
        elif name in ("fi", "EE", "TE", "EN", ".", "YS", "Ve"):
            block = False
        elif not block and not skip and re.fullmatch(r"[BI]|S[MB]|[BIR]{2}", name):
            parts = re.findall(r'"((?:[^"]|"")*)"|((?:\\.|[^\s\\])+)', rest)
            words.append(troff_text(("" if re.fullmatch("[BIR]{2}", name) else " ").join(
                a.replace('""', '"') or b for a, b in parts)))
        if tag and words:                           # the term of a definition is not prose
            flush()
            tag = False
    flush()
    return out


def wesnoth_paragraphs(text, translate):
    """The translatable strings of a scenario, in their order."""
    shown = (translate(m.replace('""', '"')).split("^")[-1] for m in re.findall(r'\b_\s*"((?:[^"]|"")*)"', text))
    return [re.sub(r"<[^<>]*>", "", line) for s in shown for line in s.split("\n") if not re.search(r"[${}|]", line)]


def python_text(text):
    """[source file without its licence header], or [] when it is data rather than code."""
    header = re.match(r"(?:[ \t]*(?:#.*)?\n)*", text)[0]
    if re.search(r"copyright|licen[cs]e|-\*-|^#!", header, re.I | re.M):
        text = text[len(header):]
    lines = [line.rstrip() for line in text.strip("\n").split("\n")]
    text = "\n".join(lines) + "\n"
    code = len(text) <= MAX_PY_FILE and sum(map(str.isdigit, text)) <= 0.12 * len(text) and max(map(len, lines)) <= 400
    return [text] if code else []


# ---- from paragraphs to articles ----

STOP_WORDS = {language: set(words.split()) for language, words in {
    "en": """the of and to in is that for it as with be on by this are or from which can not have has an will if you at
        your was when we they but all their there other one no what more how""",
    "fr": """le la les de des du un une et est que qui dans pour pas par sur au aux en ce cette ces avec il elle vous
        votre vos ne se sont être peut ou plus nous son sa ses ils si mais leur lorsque l d n s c qu""",
    "de": """der die das und ist nicht ein eine einen einem einer des dem den mit von zu für auf im in sich wird werden
        als auch es sie kann an bei oder aus dass zum zur wenn wie nach durch nur über ihre ich wir diese dieser dieses
        sind aber"""}.items()}
CAPTION = re.compile(r"(Section|Abschnitt|Figure|Abbildung|Table|Tabelle|Tableau|Exemple|Beispiel|Example)\s[\dA-Z.]+"
                     r"[ .,]|\d+\.\d+[\d.]*\s")


def judge(paragraph, language):
    """'keep', 'foreign' (prose of another language) or 'drop' (not prose)."""
    words = [w.lower() for w in re.findall(r"[^\W\d_]+", paragraph)]
    if len(words) < 5 or (len(words) < 9 and paragraph[-1] not in '.!?:…"”»)') or "\0" in paragraph:
        return "drop"
    if sum(c.isalpha() or c == " " for c in paragraph) < 0.8 * len(paragraph) or CAPTION.match(paragraph):
        return "drop"
    score = {name: sum(w in stop for w in words) for name, stop in STOP_WORDS.items()}
    own, other = score.pop(language), max(score.values())
    return "foreign" if other > own else "keep" if own > other and own >= 0.1 * len(words) else "drop"


def tidy(paragraph):
    paragraph = unicodedata.normalize("NFC", re.sub("[\u00ad\u200b-\u200f\ufeff¶]", "", paragraph))
    return " ".join(re.sub(r"\s*\[\d+\]", "", paragraph).split())


def prose(paragraphs, language):
    """The paragraphs that are prose of the language; none when too much of the page is in another one."""
    paragraphs = [p for p in map(tidy, paragraphs) if p]
    verdicts = [judge(p, language) for p in paragraphs]
    keep, foreign = (sum(len(p) for p, v in zip(paragraphs, verdicts) if v == kind) for kind in ("keep", "foreign"))
    return [p for p, v in zip(paragraphs, verdicts) if v == "keep" and keep >= MIN_TRANSLATED * (keep + foreign)]
