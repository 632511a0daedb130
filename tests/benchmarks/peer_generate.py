#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The peer of bench_generate: greedy text of a GPT-2 folder in stock PyTorch with a cache of keys and values.

    peer_generate.py MODEL --tokens N [--threads N] [--rounds N]

A token is one forward pass of the last token, keys and values joined to those kept by torch.cat, as Hugging Face does
it. Prints one line of JSON: tokens_per_second (median of the rounds), last (the last token of the text), torch."""
import argparse
import json
import math
import pathlib
import statistics
import sys
import time

import torch
from torch.nn import functional

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "reference"))
import gpt2_model  # noqa: E402
import safetensors_io  # noqa: E402


def linear(weights, name, x):
    return torch.addmm(weights[name + ".bias"], x, weights[name + ".weight"])


def attention(weights, name, x, heads, past):
    width = x.shape[1]
    q, k, v = (p.view(1, heads, width // heads).transpose(0, 1) for p in linear(weights, name + ".c_attn", x).split(width, 1))
    k, v = (torch.cat([past[0], k], 1), torch.cat([past[1], v], 1)) if past else (k, v)
    mixed = (q @ k.transpose(1, 2) / math.sqrt(width // heads)).softmax(-1) @ v
    return linear(weights, name + ".c_proj", mixed.transpose(0, 1).reshape(1, width)), (k, v)


def step(weights, token, position, heads, layers, cache):
    x = (weights["transformer.wte.weight"][token] + weights["transformer.wpe.weight"][position]).unsqueeze(0)
    for layer in range(layers):
        name = f"transformer.h.{layer}"
        mixed, cache[layer] = attention(
            weights, name + ".attn", gpt2_model.layer_norm(weights, name + ".ln_1", x), heads, cache[layer])
        x = x + mixed
        inner = linear(weights, name + ".mlp.c_fc", gpt2_model.layer_norm(weights, name + ".ln_2", x))
        x = x + linear(weights, name + ".mlp.c_proj", functional.gelu(inner, approximate="tanh"))
    head = weights.get("lm_head.weight", weights["transformer.wte.weight"])
    return int((gpt2_model.layer_norm(weights, "transformer.ln_f", x) @ head.T)[0].argmax())


def write(weights, count, heads, layers):
    token, cache = 1, [None] * layers
    for position in range(count):
        token = step(weights, token, position, heads, layers, cache)
    return token


def main():
    parser = argparse.ArgumentParser(description="Greedy text in stock PyTorch, measured.")
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("--tokens", type=int, required=True)
    parser.add_argument("--threads", type=int, default=0, help="0: PyTorch's choice")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    if options.threads:
        torch.set_num_threads(options.threads)
    config = json.loads((options.model / "config.json").read_text())
    weights = safetensors_io.load(options.model / "model.safetensors")
    seconds = []
    with torch.inference_mode():
        for _ in range(options.rounds + 1):
            start = time.perf_counter()
            last = write(weights, options.tokens, config["n_head"], config["n_layer"])
            seconds.append(time.perf_counter() - start)
    rate = options.tokens / statistics.median(seconds[1:])
    print(json.dumps({"tokens_per_second": rate, "last": last, "torch": torch.__version__}))


if __name__ == "__main__":
    main()
