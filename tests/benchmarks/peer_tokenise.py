#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The peer of bench_tokenise: SentencePiece's own Python module on the same lines.

    peer_tokenise.py write FOLDER MEGABYTES     a corpus: Python's library, and lines in many scripts
    peer_tokenise.py encode FOLDER MODEL THREADS

The second reads the train split, then encodes its lines in batches with the threads asked for, and prints one line of
JSON: megabytes_per_second, tokens."""
import json
import pathlib
import sys
import sysconfig
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "reference"))
from real_lines import made_lines  # noqa: E402


def write(folder, megabytes):
    half = megabytes * 500_000
    library = [file.read_text("utf-8", "ignore") for file in
               sorted(pathlib.Path(sysconfig.get_paths()["stdlib"]).rglob("*.py"))[:400]]
    mixed = ["\n".join(made_lines(300)[i::10]) for i in range(10)] + ["\n".join(made_lines(20_000))]
    for domain, texts in {"py": library, "mixed": mixed}.items():
        texts = [text for text in texts if text.strip()]
        with open(folder / f"valid.{domain}.jsonl", "w") as out:
            out.write(json.dumps({"id": "valid", "domain": domain, "text": texts[0]}) + "\n")
        with open(folder / f"train.{domain}.jsonl", "w") as out:
            size = number = 0
            while size < half:
                text = texts[number % len(texts)]
                size += len(text.encode())
                out.write(json.dumps({"id": str(number), "domain": domain, "text": text}, ensure_ascii=False) + "\n")
                number += 1


def encode(folder, model, threads):
    import sentencepiece
    processor = sentencepiece.SentencePieceProcessor(model_file=model)
    lines = [line for file in sorted(folder.glob("train.*.jsonl")) for text in open(file)
             for line in json.loads(text)["text"].split("\n")]
    size = sum(len(line.encode()) + 1 for line in lines)
    start = time.perf_counter()
    tokens = sum(len(ids) for first in range(0, len(lines), 20_000)
                 for ids in processor.encode(lines[first:first + 20_000], num_threads=threads))
    print(json.dumps({"megabytes_per_second": size / 1e6 / (time.perf_counter() - start), "tokens": tokens}))


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(pathlib.Path(sys.argv[2]), int(sys.argv[3]))
    else:
        encode(pathlib.Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
