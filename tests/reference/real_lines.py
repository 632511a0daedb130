# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines to encode: of Python's own library, which is always there, and made ones in several scripts."""
import pathlib
import random
import sysconfig

WORDS = {
    "de": "der die und größer Straße nicht über Mädchen schließlich Äpfel", "fr": "l'été où garçon n'est-ce déjà œuvre naïve çà",
    "ru": "это слово не было который время года человек", "el": "και το είναι αυτό λόγος ημέρα",
    "ja": "これは 日本語 の 文章 です カタカナ 東京都", "zh": "这是 中文 的 一个 句子 没有 空格", "ko": "이것은 한국어 문장 입니다",
    "ar": "هذا نص عربي قصير", "hi": "यह हिन्दी का वाक्य है", "th": "นี่คือประโยค ภาษาไทย",
    "odd": "ﬁne ① ½ x² Ｆｕｌｌ e\u0301 \u00a0 \u3000 \u200b \ufeff 😀 👩\u200d💻 🇫🇷 don't we'll I'm 'S it''s 3.14 1234567 ٣٤ Ⅷ \x1f a\tb"}


def library_lines(most):
    folder = pathlib.Path(sysconfig.get_paths()["stdlib"])
    lines = []
    for file in sorted(folder.glob("*.py")):
        for line in file.read_text("utf-8").split("\n"):
            if line.strip() and len(line) <= 120:
                lines.append(line)
    random.Random(1).shuffle(lines)
    return lines[:most]


def made_lines(count):
    dice = random.Random(2)
    words = {language: text.split(" ") for language, text in WORDS.items()}
    lines = []
    for _ in range(count):
        of = words[dice.choice(sorted(words))] + words[dice.choice(sorted(words))]
        lines.append("".join(dice.choice(of) + dice.choice([" ", " ", " ", "  ", ", ", "", "."])
                             for _ in range(dice.randrange(1, 12))))
    return lines


def real_lines(count=10_000):
    library = library_lines(count * 7 // 10)
    return library + made_lines(count - len(library))
