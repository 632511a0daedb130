#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The peer of bench_tokenise: SentencePiece's own Python module on the same lines.

    peer_tokenise.py FOLDER MODEL THREADS

Reads the train split, then encodes its lines in batches with the threads asked for, and prints one line of
JSON: megabytes_per_second, tokens."""
import json
import pathlib
import sys
import time

import sentencepiece


def encode(folder, model, threads):
    processor = sentencepiece.SentencePieceProcessor(model_file=model)
    lines = [line for file in sorted(folder.glob("train.*.jsonl")) for text in open(file)
             for line in json.loads(text)["text"].split("\n")]
    size = sum(len(line.encode()) + 1 for line in lines)
    start = time.perf_counter()
    tokens = sum(len(ids) for first in range(0, len(lines), 20_000)
                 for ids in processor.encode(lines[first:first + 20_000], num_threads=threads))
    print(json.dumps({"megabytes_per_second": size / 1e6 / (time.perf_counter() - start), "tokens": tokens}))


if __name__ == "__main__":
    encode(pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
