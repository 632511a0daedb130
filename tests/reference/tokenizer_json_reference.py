#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A plain reader of tokenizer.json: the judge of the one in core/data/hugging_face.

    tokenizer_json_reference.py make KIND FILE      trains a small tokenizer of the kind: paper, bytes, gpt2
    tokenizer_json_reference.py judge FILE COUNT    {lines, ids, texts} of COUNT real lines, as JSON

Text is normalised, cut, and merged one pair at a time, always the leftmost of the lowest rank, by looking at all pairs
again after each merge; decoding applies the decoder's steps one after the other."""
import json
import re
import sys
import unicodedata

from real_lines import real_lines

WHITE_SPACE = "\t\n\v\f\r \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200b))) + "\u2028\u2029\u202f\u205f\u3000"


def byte_letters():
    seen = [*range(0x21, 0x7f), *range(0xa1, 0xad), *range(0xae, 0x100)]
    letters = {byte: chr(byte) for byte in seen}
    for byte in range(256):
        letters.setdefault(byte, chr(0x100 + len(letters) - len(seen)))
    return letters


BYTE_LETTERS = byte_letters()
LETTER_BYTES = {letter: byte for byte, letter in BYTE_LETTERS.items()}


def gpt2_words(text):
    """GPT-2's expression, its classes written out for the characters of the text."""
    def characters(kind):
        return "".join(re.escape(c) for c in set(text) if unicodedata.category(c)[0] == kind) or "\ue000"
    letters, numbers, space = characters("L"), characters("N"), re.escape(WHITE_SPACE)
    return re.findall(f"'s|'t|'re|'ve|'m|'ll|'d| ?[{letters}]+| ?[{numbers}]+| ?[^{space}{letters}{numbers}]+"
                      f"|[{space}]+(?![^{space}])|[{space}]+", text)


def cut(text, kind):
    if kind == "gpt2":
        return ["".join(BYTE_LETTERS[b] for b in word.encode()) for word in gpt2_words(text)]
    return ["▁" + text.replace(" ", "▁")] if text else []


def train(words, merges):
    """Pairs in the order of their counts, each the most frequent when it is taken."""
    words = [list(word) for word in words]
    learnt = []
    while len(learnt) < merges:
        counts = {}
        for word in words:
            for pair in zip(word, word[1:]):
                counts[pair] = counts.get(pair, 0) + 1
        best = max(counts, key=lambda pair: (counts[pair], pair))
        learnt.append(best)
        for word in words:
            i = 0
            while i + 1 < len(word):
                if (word[i], word[i + 1]) == best:
                    word[i:i + 2] = ["".join(best)]
                i += 1
    return learnt


def make(kind, file):
    lines = real_lines(10_000)
    sample = lines[:500] + lines[-150:]
    words = [word for line in sample for word in cut(line, kind)]
    merges = train(words, 400)
    if kind == "gpt2":
        tokens = [*BYTE_LETTERS.values()]
    else:  # the rarest characters have no entry
        counts = {}
        for character in "".join(words):
            counts[character] = counts.get(character, 0) + 1
        tokens = ["<unk>", "<s>", "</s>"]
        tokens += [f"<0x{byte:02X}>" for byte in range(256)] if kind == "bytes" else []
        used = set("".join(left + right for left, right in merges))
        tokens += sorted(c for c, n in counts.items() if n > 2 or c in used)
    tokens += [token for token in dict.fromkeys(left + right for left, right in merges) if token not in tokens]
    special = ["<|endoftext|>"] if kind == "gpt2" else ["<unk>", "<s>", "</s>"]
    tokens += [token for token in special if token not in tokens]
    ids = {token: i for i, token in enumerate(tokens)}
    model = {"type": "BPE", "dropout": None, "unk_token": None if kind == "gpt2" else "<unk>", "continuing_subword_prefix": None,
             "end_of_word_suffix": None, "fuse_unk": kind == "paper", "byte_fallback": kind != "gpt2", "vocab": ids,
             "merges": [list(pair) if kind == "bytes" else " ".join(pair) for pair in merges]}
    space = {"type": "Replace", "pattern": {"String": "▁"}, "content": " "}
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    json.dump({
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [{"id": ids[token], "content": token, "single_word": False, "lstrip": False, "rstrip": False,
                          "normalized": False, "special": True} for token in special],
        "normalizer": None if kind == "gpt2" else {"type": "Sequence", "normalizers": [
            {"type": "Prepend", "prepend": "▁"}, {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]},
        "pre_tokenizer": byte_level if kind == "gpt2" else None, "post_processor": None,
        "decoder": byte_level if kind == "gpt2" else {"type": "Sequence", "decoders": [
            space, {"type": "ByteFallback"}, {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
        "model": model}, open(file, "w"))


class Tokenizer:
    def __init__(self, file):
        self.file = json.load(open(file))
        self.model = self.file["model"]
        self.ids = self.model["vocab"]
        self.tokens = {i: token for token, i in self.ids.items()}
        pairs = [pair.split(" ") if isinstance(pair, str) else pair for pair in self.model["merges"]]
        self.ranks = {tuple(pair): rank for rank, pair in enumerate(pairs)}
        self.special = {token["content"] for token in self.file["added_tokens"] if token["special"]}
        self.kind = "gpt2" if self.file["pre_tokenizer"] else "other"
        self.known = {}

    def symbols(self, word):
        symbols = []
        for character in word:
            names = [f"<0x{byte:02X}>" for byte in character.encode()]
            if character in self.ids:
                symbols.append(character)
            elif self.model["byte_fallback"] and all(name in self.ids for name in names):
                symbols += names
            elif not (self.model["fuse_unk"] and symbols and symbols[-1] == "<unk>"):
                symbols.append("<unk>")
        return symbols

    def merge(self, word):
        symbols = self.symbols(word)
        while len(symbols) > 1:
            ranks = [self.ranks.get(pair, len(self.ranks)) for pair in zip(symbols, symbols[1:])]
            rank = min(ranks)
            if rank == len(self.ranks):
                break
            i = ranks.index(rank)
            symbols[i:i + 2] = [symbols[i] + symbols[i + 1]]
        return [self.ids[symbol] for symbol in symbols]

    def encode(self, text):
        ids = []
        for word in cut(text, self.kind):
            if word not in self.known:
                self.known[word] = self.merge(word)
            ids += self.known[word]
        return ids

    def decode(self, ids):
        tokens = [self.tokens[i] for i in ids if self.tokens[i] not in self.special]
        if self.kind == "gpt2":
            return bytes(LETTER_BYTES[c] for token in tokens for c in token).decode("utf-8", "replace")
        out, run = "", b""
        for token in [*tokens, None]:
            byte = re.fullmatch("<0x([0-9A-F]{2})>", token) if token else None
            if byte:
                run += bytes.fromhex(byte[1])
                continue
            try:
                out += run.decode("utf-8")
            except UnicodeDecodeError:
                out += "\ufffd" * len(run)
            run = b""
            out += (token or "").replace("▁", " ")
        return out[1:] if out.startswith(" ") else out


def judge(file, count):
    tokenizer = Tokenizer(file)
    lines = real_lines(10_000)
    lines = lines[::max(1, len(lines) // count)]
    ids = [tokenizer.encode(line) for line in lines]
    json.dump({"lines": lines, "ids": ids, "texts": [tokenizer.decode(i) for i in ids]}, sys.stdout)


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(sys.argv[2], sys.argv[3])
    else:
        judge(sys.argv[2], int(sys.argv[3]))
