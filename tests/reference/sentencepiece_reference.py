#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What SentencePiece's own Python module says: the judge of core/data/sentencepiece_tokenizer.cpp.

    sentencepiece_reference.py train KIND FILE      a model as others make them: nfkc, t5 (no BOS), symbols
    sentencepiece_reference.py judge FILE COUNT     {lines, ids, texts} of COUNT real lines, as JSON"""
import json
import sys

import sentencepiece
from real_lines import real_lines

OPTIONS = {
    "nfkc": {"model_type": "unigram"},  # the library's defaults: NFKC, a space before every text
    "t5": {"model_type": "unigram", "bos_id": -1, "pad_id": 0, "eos_id": 1, "unk_id": 2, "character_coverage": 0.9995},
    "symbols": {"model_type": "bpe", "byte_fallback": True, "split_digits": True, "normalization_rule_name": "identity",
                "user_defined_symbols": ["<sep>", "def "]}}


def train(kind, file):
    lines = real_lines()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines[:2000] + lines[-600:]), model_writer=open(file, "wb"), vocab_size=1500,
        minloglevel=4, num_threads=1, hard_vocab_limit=False, **OPTIONS[kind])


def judge(file, count):
    model = sentencepiece.SentencePieceProcessor(model_file=file)
    lines = real_lines()
    lines = lines[::max(1, len(lines) // count)]
    ids = model.encode(lines)
    json.dump({"lines": lines, "ids": ids, "texts": model.decode(ids)}, sys.stdout)


if __name__ == "__main__":
    if sys.argv[1] == "train":
        train(sys.argv[2], sys.argv[3])
    else:
        judge(sys.argv[2], int(sys.argv[3]))
