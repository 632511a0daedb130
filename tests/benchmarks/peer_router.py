#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The peer of bench_router: TF-IDF and logistic regression as scikit-learn has them, on the same texts of token ids.

    peer_router.py TOKENS                   measures, and prints one line of JSON
    peer_router.py --tokenise CORPUS MODEL TOKENS   makes TOKENS of a corpus and a SentencePiece model

TOKENS is int32, little-endian: for each text its split (0 train, 1 valid), label, count and ids. The ids are Python's lists
when the clock starts, as TfidfVectorizer with an analyzer of its own takes them. Measured: vectorise_seconds and fit_seconds
of the training texts, tokens_per_second of transform and predict on all valid texts at once, peak_mb, the memory above what
the program had after its imports, and work_mb, the same above what it had with its texts. MB are 2^20 bytes. One core, but
for what BLAS does of itself."""
import json
import pathlib
import sys
import time

import numpy as np


def tokenise(corpus, model, out):
    import sentencepiece

    processor = sentencepiece.SentencePieceProcessor(model_file=model)
    files = sorted(pathlib.Path(corpus).glob("*.*.jsonl"))
    domains = sorted({file.name.split(".")[1] for file in files})
    with open(out, "wb") as to:
        for file in files:
            split, domain, _ = file.name.split(".")
            for line in open(file, encoding="utf-8"):
                ids = processor.encode(json.loads(line)["text"])
                np.array([split == "valid", domains.index(domain), len(ids), *ids], "<i4").tofile(to)


def read(file):
    numbers, at, splits = np.fromfile(file, "<i4"), 0, (([], []), ([], []))
    while at < len(numbers):
        split, label, count = numbers[at : at + 3]
        splits[split][0].append(numbers[at + 3 : at + 3 + count].tolist())
        splits[split][1].append(int(label))
        at += 3 + count
    return splits


def memory_mb(key):
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) / 1024 for line in file if line.startswith(key))


def measure(file):
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    idle = memory_mb("VmRSS")
    (train, labels), (valid, truth) = read(file)
    loaded = memory_mb("VmRSS")
    with open("/proc/self/clear_refs", "w") as clear:
        clear.write("5")  # the peak begins anew
    begin = time.perf_counter()
    vectoriser = TfidfVectorizer(analyzer=lambda ids: ids)
    rows = vectoriser.fit_transform(train)
    vectorised = time.perf_counter()
    model = LogisticRegression(C=1, tol=1e-4, max_iter=1000, multi_class="multinomial").fit(rows, labels)
    fitted = time.perf_counter()
    peak = memory_mb("VmHWM")
    begin_routing = time.perf_counter()
    said = model.predict(vectoriser.transform(valid))
    routed = time.perf_counter() - begin_routing
    p = model.predict_proba(rows)[np.arange(len(labels)), labels]
    return {"vectorise_seconds": vectorised - begin, "fit_seconds": fitted - vectorised, "peak_mb": peak - idle,
            "work_mb": peak - loaded,
            "tokens_per_second": sum(map(len, valid)) / routed, "right": float((said == np.array(truth)).mean()),
            "objective": float(-np.log(p).sum() + (model.coef_**2).sum() / 2), "iterations": int(model.n_iter_[0])}


if sys.argv[1] == "--tokenise":
    tokenise(*sys.argv[2:5])
else:
    print(json.dumps(measure(sys.argv[1])))
