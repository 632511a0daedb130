#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Replays a trace of Retort in stock PyTorch and compares every number of every step.

    retortctl trace RUN --steps N --out DIR
    replay_trace.py DIR

DIR holds spec.json (the materialised run), student.safetensors and, when the run has a teacher, teacher.safetensors
(weights before step 1), batches.safetensors (tokens [N, accumulate × batch, context + 1] in micro-batch order,
domains [N, accumulate × batch]) and losses.csv (step,ce,kd,alpha,beta,loss,grad_norm,lr; grad_norm before clipping;
kd empty, alpha 1 and beta 0 without a teacher).

Needs torch 1.13 or later and nothing else. Exit status: 0 all numbers agree, 1 some do not, 2 bad usage."""
import argparse
import csv
import json
import math
import pathlib
import sys

import torch

import gpt2_model
import safetensors_io

COLUMNS = ["ce", "kd", "alpha", "beta", "loss", "grad_norm", "lr"]


class Trace:
    def __init__(self, folder, dtype):
        folder = pathlib.Path(folder)
        self.spec = json.loads((folder / "spec.json").read_text())
        tied = self.spec["model"]["tied"]
        student = gpt2_model.canonical(safetensors_io.load(folder / "student.safetensors"), tied)
        self.student = gpt2_model.trainable(student, dtype)
        self.tokens = safetensors_io.load(folder / "batches.safetensors")["tokens"]
        with open(folder / "losses.csv", newline="") as file:
            self.rows = [{name: number(text) for name, text in row.items()} for row in csv.DictReader(file)]
        self.teacher = self._teacher(folder / "teacher.safetensors", dtype)
        self.check()

    def _teacher(self, path, dtype):
        if self.spec["task"] != "distill" or not path.exists():
            return None
        tied = self.spec["teacher"]["model"]["tied"]
        weights = gpt2_model.canonical(safetensors_io.load(path), tied)
        return {name: value.to(dtype) for name, value in weights.items()}

    def check(self):
        optim = self.spec["optim"]
        shape = [len(self.rows), optim["accumulate"] * optim["batch"], self.spec["data"]["context"] + 1]
        if list(self.tokens.shape) != shape:
            raise ValueError(f"batches.safetensors: tokens has the shape {list(self.tokens.shape)}, not {shape}")
        if [row["step"] for row in self.rows] != list(range(1, len(self.rows) + 1)):
            raise ValueError("losses.csv: the steps are not 1, 2, 3, …")


def number(text):
    return None if text == "" else float(text)


def total_steps(spec):
    per_step = spec["optim"]["batch"] * spec["optim"]["accumulate"] * spec["data"]["context"]
    return -(-spec["optim"]["tokens"] // per_step)


def learning_rate(spec, step):
    """Rate of the update `step`, counted from 1: rises linearly to lr over the warm-up, falls after it."""
    optim, steps = spec["optim"], total_steps(spec)
    warmup = math.floor(optim["warmup"] * steps + 0.5)
    if step <= warmup:
        return optim["lr"] * step / warmup
    done = (step - warmup) / (steps - warmup + 1)
    factor = {"linear": 1 - done, "cosine": (1 + math.cos(math.pi * done)) / 2, "constant": 1}
    return optim["lr"] * factor[optim["decay"]]


def loss_weights(trace, row):
    """alpha and beta of a step: from the specification where they are fixed, else as recorded."""
    if trace.teacher is None:
        return 1.0, 0.0
    alpha = trace.spec["distill"]["alpha"]
    if alpha["mode"] == "fixed":
        return alpha["value"], 1 - alpha["value"]
    return row["alpha"], row["beta"]


def micro_batch_losses(trace, tokens):
    """Cross-entropy and divergence of a micro-batch, summed over its targets; the divergence is None without a
    teacher."""
    inputs, targets = tokens[:, :-1], tokens[:, 1:]
    logits = gpt2_model.logits_of(trace.student, inputs, trace.spec["model"]["heads"])
    ce = gpt2_model.sum_of_ce(logits, targets)
    if trace.teacher is None:
        return ce, None
    distill = trace.spec["distill"]
    if (distill["divergence"], distill["combine"]) != ("forward_kl", "combined"):
        raise ValueError(f"cannot replay {distill['divergence']}, {distill['combine']}: only forward_kl, combined")
    with torch.no_grad():
        teacher_logits = gpt2_model.logits_of(trace.teacher, inputs, trace.spec["teacher"]["model"]["heads"])
    kd = gpt2_model.sum_of_forward_kl(logits, teacher_logits, distill["temperature"])
    return ce, kd * distill["temperature"] ** 2 if distill["scale_t2"] else kd


def replay_step(trace, optimiser, tokens, row):
    """One update; every micro-batch counts by its targets. Returns the row that losses.csv should have."""
    alpha, beta = loss_weights(trace, row)
    targets = tokens[:, 1:].numel()
    optimiser.zero_grad()
    ce_sum, kd_sum = 0.0, None
    for micro in tokens.split(trace.spec["optim"]["batch"]):
        ce, kd = micro_batch_losses(trace, micro)
        loss = alpha * ce if kd is None else alpha * ce + beta * kd
        (loss / targets).backward()
        ce_sum += ce.item() / targets
        kd_sum = None if kd is None else (kd_sum or 0.0) + kd.item() / targets
    grad_norm = gpt2_model.clip_gradients(trace.student, trace.spec["optim"]["clip"]).item()
    for group in optimiser.param_groups:
        group["lr"] = row["lr"]
    optimiser.step()
    loss = alpha * ce_sum + beta * (kd_sum or 0.0)
    rate = learning_rate(trace.spec, int(row["step"]))
    return dict(zip(COLUMNS, [ce_sum, kd_sum, alpha, beta, loss, grad_norm, rate]))


def deviation(recorded, expected, scale=1e-3):
    """Relative to the expected value or, where that is smaller, to the scale."""
    if recorded is None or expected is None:
        return 0.0 if recorded is expected else math.inf
    if math.isnan(recorded) and math.isnan(expected):
        return 0.0
    difference = abs(recorded - expected) / max(abs(expected), scale)
    return math.inf if math.isnan(difference) else difference


def replay(folder, dtype=torch.float32):
    """Worst deviation of each column: name -> (deviation, step, recorded, expected)."""
    trace = Trace(folder, dtype)
    optim = trace.spec["optim"]
    optimiser = gpt2_model.adamw(trace.student, optim["lr"], optim["betas"], optim["eps"], optim["weight_decay"])
    worst = {name: (-1.0, 0, None, None) for name in COLUMNS}
    for row, tokens in zip(trace.rows, trace.tokens):
        expected = replay_step(trace, optimiser, tokens, row)
        # A divergence is a cross-entropy less an entropy, each with the rounding of its logits: a small one is
        # compared on the scale of what it is the difference of.
        scales = {"kd": 0.1 * abs(expected["ce"])}
        for name in COLUMNS:
            found = deviation(row[name], expected[name], scales.get(name, 1e-3))
            if found > worst[name][0]:
                worst[name] = (found, int(row["step"]), row[name], expected[name])
    return worst


def print_table(worst, limits):
    print(f"{'column':<10} {'worst deviation':>16} {'allowed':>9} {'step':>5} {'recorded':>14} {'PyTorch':>14}")
    for name, (found, step, recorded, expected) in worst.items():
        values = ["-" if v is None else f"{v:.8g}" for v in (recorded, expected)]
        verdict = "" if found <= limits[name] else "  DIFFERS"
        print(f"{name:<10} {found:>16.3e} {limits[name]:>9.0e} {step:>5} {values[0]:>14} {values[1]:>14}{verdict}")


def parse(arguments):
    parser = argparse.ArgumentParser(description="Replays a trace of Retort in PyTorch.")
    parser.add_argument("folder", nargs="?", help="made by retortctl trace")
    parser.add_argument("--tolerance-loss", type=float, default=1e-5, help="relative, for ce, kd and loss")
    parser.add_argument("--tolerance-grad", type=float, default=1e-4, help="relative, for grad_norm")
    parser.add_argument("--tolerance-rate", type=float, default=1e-6, help="relative, for lr, alpha and beta")
    parser.add_argument("--double", action="store_true", help="replay in double precision")
    parser.add_argument("--self-test", action="store_true", help="replay traces made by other means, right and wrong")
    options = parser.parse_args(arguments)
    if not options.folder and not options.self_test:
        parser.error("give the folder of a trace")
    return options


def main(arguments):
    options = parse(arguments)
    if options.self_test:
        import replay_self_test

        return replay_self_test.run()
    try:
        worst = replay(options.folder, torch.float64 if options.double else torch.float32)
    except (OSError, ValueError, KeyError) as error:
        print(f"{options.folder} cannot be replayed: {error}", file=sys.stderr)
        return 2
    limits = dict.fromkeys(["ce", "kd", "loss"], options.tolerance_loss)
    limits.update(dict.fromkeys(["alpha", "beta", "lr"], options.tolerance_rate), grad_norm=options.tolerance_grad)
    print_table(worst, limits)
    return 1 if any(found[0] > limits[name] for name, found in worst.items()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
