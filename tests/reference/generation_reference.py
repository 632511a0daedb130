#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stock PyTorch writes greedily, every step from the whole window anew: the judge of the key/value cache.

    generation_reference.py --model DIR --tokens FILE --steps N --positions P --out FILE

The tokens' file has one tensor, `tokens`, int64 [T]: the prompt. Once the window has P tokens, the next one joins the
last of them to a window of P // 2. Writes `tokens` [N] and `log_probabilities` [N, vocabulary], computed in double."""
import argparse
import json
import pathlib

import torch

import gpt2_model
import safetensors_io


def parse():
    parser = argparse.ArgumentParser(description="Writes what stock PyTorch writes greedily.")
    parser.add_argument("--model", required=True, type=pathlib.Path)
    parser.add_argument("--tokens", required=True)
    parser.add_argument("--steps", required=True, type=int)
    parser.add_argument("--positions", required=True, type=int)
    parser.add_argument("--out", required=True)
    return parser.parse_args()


def main():
    options = parse()
    config = json.loads((options.model / "config.json").read_text())
    weights = safetensors_io.load(options.model / "model.safetensors")
    weights = {name: value.double() for name, value in gpt2_model.canonical(weights, config["tie_word_embeddings"]).items()}
    window = safetensors_io.load(options.tokens)["tokens"].tolist()[-options.positions:]
    written, said = [], []
    for _ in range(options.steps):
        logits = gpt2_model.logits_of(weights, torch.tensor([window]), config["n_head"])[0, -1]
        said.append(logits.log_softmax(-1).float())
        written.append(int(logits.argmax()))
        window = window + written[-1:]
        if len(window) > options.positions:
            window = window[-(options.positions // 2):]
    out = {"tokens": torch.tensor(written), "log_probabilities": torch.stack(said)}
    safetensors_io.save(options.out, out)


if __name__ == "__main__":
    main()
