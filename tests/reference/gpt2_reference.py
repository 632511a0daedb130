#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stock PyTorch makes of a GPT-2 and a few batches: the numbers that a test of the C++ model compares with.

    gpt2_reference.py --model DIR --tokens FILE --out FILE
                      [--lr 1e-3] [--weight-decay 0.05] [--accumulate 1] [--clip 0]

DIR holds model.safetensors and config.json (n_head, tie_word_embeddings) of Hugging Face's GPT-2. The tokens' file has
one tensor, `tokens`, int64 [steps, accumulate × batch, context + 1] in micro-batch order. Every step is one AdamW update
(betas 0.9 and 0.999, eps 1e-8, constant rate, decay on matrices and embeddings alone) on the mean cross-entropy over
all targets of the step, without dropout. The out file is safetensors, F32, computed in double precision:

    logits        [accumulate × batch, context, vocabulary] of step 1, before any update
    loss          [] mean cross-entropy of step 1, nats per target
    grad.NAME     gradient of `loss`, before clipping
    losses        [steps] the loss of every step, each before its update
    grad_norms    [steps] global norms, before clipping
    after.NAME    weights after the last update

Names have the prefix transformer.; lm_head.weight is there only when the head is untied. The gradient of the keys' part
of every attn.c_attn.bias (its middle third) is 0 in exact arithmetic: single precision leaves noise there, which AdamW
blows up to whole steps, so after.….attn.c_attn.bias is to be compared in its outer thirds. Needs torch 1.13 or later."""
import argparse
import json
import pathlib
import sys

import torch

import gpt2_model
import safetensors_io


def parse():
    parser = argparse.ArgumentParser(description="Writes what stock PyTorch makes of a GPT-2 and a few batches.")
    parser.add_argument("--model", required=True, type=pathlib.Path)
    parser.add_argument("--tokens", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--lr", type=float, default=1e-3)
    parser.add_argument("--weight-decay", type=float, default=0.05)
    parser.add_argument("--accumulate", type=int, default=1)
    parser.add_argument("--clip", type=float, default=0.0, help="largest global norm; 0 does not clip")
    return parser.parse_args()


def load_model(folder):
    config = json.loads((folder / "config.json").read_text())
    weights = safetensors_io.load(folder / "model.safetensors")
    weights = gpt2_model.canonical(weights, config.get("tie_word_embeddings", True))
    return gpt2_model.trainable(weights, torch.float64), config["n_head"]


def accumulate_gradients(weights, heads, tokens, parts):
    """Leaves the gradient of the mean loss over `tokens` in the weights; returns the loss."""
    loss = 0.0
    for micro in tokens.chunk(parts):
        logits = gpt2_model.logits_of(weights, micro[:, :-1], heads)
        share = gpt2_model.sum_of_ce(logits, micro[:, 1:]) / tokens[:, 1:].numel()
        share.backward()
        loss += share.item()
    return loss


def reference(weights, heads, batches, options):
    optimiser = gpt2_model.adamw(weights, options.lr, weight_decay=options.weight_decay)
    with torch.no_grad():
        out = {"logits": gpt2_model.logits_of(weights, batches[0][:, :-1], heads)}
    losses, norms = [], []
    for tokens in batches:
        optimiser.zero_grad()
        losses.append(accumulate_gradients(weights, heads, tokens, options.accumulate))
        if len(losses) == 1:
            out.update({"grad." + name: weight.grad.clone() for name, weight in weights.items()})
        norms.append(gpt2_model.clip_gradients(weights, options.clip).item())
        optimiser.step()
    out.update({"after." + name: weight for name, weight in weights.items()})
    out.update(loss=torch.tensor(losses[0]), losses=torch.tensor(losses), grad_norms=torch.tensor(norms))
    return {name: tensor.detach().float() for name, tensor in out.items()}


def main():
    options = parse()
    weights, heads = load_model(options.model)
    batches = safetensors_io.load(options.tokens)["tokens"]
    if batches.shape[1] % options.accumulate:
        sys.exit(f"{options.tokens}: {batches.shape[1]} sequences a step are no multiple of {options.accumulate}")
    safetensors_io.save(options.out, reference(weights, heads, batches, options))


if __name__ == "__main__":
    main()
