#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Replays a trace of Retort in stock PyTorch and compares every number of every step.

    retortctl trace RUN --steps N --out DIR
    replay_trace.py DIR…

DIR holds spec.json (the materialised run), student.safetensors and, when the run has a teacher, teacher.safetensors
(weights before step 1), batches.safetensors (tokens [N, accumulate × batch, context + 1] in micro-batch order,
domains [N, accumulate × batch], of a modular model experts likewise) and losses.csv (step,ce,kd,alpha,beta,loss,
grad_norm,lr; grad_norm before clipping; kd empty, alpha 1 and beta 0 on steps without a teacher). alpha, beta and loss
are means over micro-batches. Of a run by stages with elastic weight consolidation batches.safetensors has the windows
that its Fisher information was measured on at the end of each stage but the last (fisher.1 [M, context + 1], …; who read
them: fisher_experts.1 [M], …). losses.csv has the columns lwf (divergence from the student before) and ewc (penalty) of
runs that have them, empty in the first stage; loss and grad_norm include both.

Needs torch 1.13 or later and nothing else. Exit status: 0 all numbers agree, 1 some do not, 2 bad usage."""
import argparse
import csv
import json
import math
import pathlib
import sys

import torch

import distillation
import gpt2_model
import safetensors_io
import stages

COLUMNS = ["ce", "kd", "alpha", "beta", "loss", "grad_norm", "lr"]


class Trace:
    def __init__(self, folder, dtype):
        folder = pathlib.Path(folder)
        self.spec = json.loads((folder / "spec.json").read_text())
        student = safetensors_io.load(folder / "student.safetensors")
        if self.spec["task"] != "modular":
            student = gpt2_model.canonical(student, self.spec["model"]["tied"])
        self.student = gpt2_model.trainable(student, dtype)
        batches = safetensors_io.load(folder / "batches.safetensors")
        self.tokens, self.domains = batches["tokens"], batches["domains"]
        self.experts = batches.get("experts", torch.zeros(self.tokens.shape[:2], dtype=torch.long))
        with open(folder / "losses.csv", newline="") as file:
            self.rows = [{name: number(text) for name, text in row.items()} for row in csv.DictReader(file)]
        self.teacher = self._teacher(folder / "teacher.safetensors", dtype)
        self.steps_done = 0
        self.stages = stages.Stages(self.spec, total_steps(self.spec), self.student, self.logits, batches)
        self.columns = COLUMNS + ["lwf"] * self.stages.has_lwf + ["ewc"] * self.stages.has_ewc
        self.renew_optimiser()
        self.check()

    def _teacher(self, path, dtype):
        if self.spec["task"] not in ("distill", "modular") or not path.exists():
            return None
        tied = self.spec["teacher"]["model"]["tied"]
        weights = gpt2_model.canonical(safetensors_io.load(path), tied)
        return {name: value.to(dtype) for name, value in weights.items()}

    def renew_optimiser(self):
        optim = self.spec["optim"]
        self.optimiser = gpt2_model.adamw(
            self.student, optim["lr"], optim["betas"], optim["eps"], optim["weight_decay"]
        )

    def logits(self, weights, inputs, experts):
        heads = self.spec["model"]["heads"]
        if self.spec["task"] != "modular":
            return gpt2_model.logits_of(weights, inputs, heads)
        modular = self.spec["modular"]
        names = modular["experts"] or self.spec["data"]["domains"]
        return gpt2_model.modular_logits_of(weights, inputs, experts, modular, names, heads)

    def forget_gradients(self):
        """An idle expert has no gradient, and rests, or in the paper's form one of 0, and drifts. What is frozen
        rests."""
        drifts = self.spec["optim"].get("idle") == "zero_gradient"
        for weight in self.student.values():
            weight.grad = torch.zeros_like(weight) if drifts and weight.requires_grad else None

    def check(self):
        optim = self.spec["optim"]
        shape = [len(self.rows), optim["accumulate"] * optim["batch"], self.spec["data"]["context"] + 1]
        if list(self.tokens.shape) != shape:
            raise ValueError(f"batches.safetensors: tokens has the shape {list(self.tokens.shape)}, not {shape}")
        if [row["step"] for row in self.rows] != list(range(1, len(self.rows) + 1)):
            raise ValueError("losses.csv: the steps are not 1, 2, 3, …")
        if list(self.rows[0]) != ["step"] + self.columns:
            raise ValueError(f"losses.csv: the columns are not {['step'] + self.columns}")
        stages.check_domains(self.spec, total_steps(self.spec), self.domains, self.tokens)


def number(text):
    return None if text == "" else float(text)


def total_steps(spec):
    per_step = spec["optim"]["batch"] * spec["optim"]["accumulate"] * spec["data"]["context"]
    return -(-spec["optim"]["tokens"] // per_step)


def learning_rate(spec, step):
    """Rate of the update `step`, counted from 1: rises linearly to lr over the warm-up, falls after it."""
    optim = spec["optim"]
    step, steps = stages.place_in_schedule(spec, total_steps(spec), step)
    warmup = math.floor(optim["warmup"] * steps + 0.5)
    if step <= warmup:
        return optim["lr"] * step / warmup
    done = (step - warmup) / (steps - warmup + 1)
    factor = {"linear": 1 - done, "cosine": (1 + math.cos(math.pi * done)) / 2, "constant": 1}
    return optim["lr"] * factor[optim["decay"]]


class Step:
    """What a step measured, summed over its micro-batches of equal size."""

    def __init__(self, accumulate):
        self.accumulate = accumulate
        self.ce, self.kds, self.lwfs, self.alphas, self.losses, self.penalty = 0.0, [], [], [], [], None

    def kd(self):
        return sum(self.kds) / len(self.kds) if self.kds else None

    def row(self, grad_norm, rate):
        alpha, loss = sum(self.alphas) / self.accumulate, sum(self.losses) + (self.penalty or 0.0)
        row = dict(zip(COLUMNS, [self.ce, self.kd(), alpha, 1 - alpha, loss, grad_norm, rate]))
        return {**row, "lwf": sum(self.lwfs) / self.accumulate if self.lwfs else None, "ewc": self.penalty}


def micro_batch(trace, weights, step, number, tokens, experts):
    """Forward and backward of micro-batch `number` of a step."""
    inputs, targets = tokens[:, :-1], tokens[:, 1:]
    logits = trace.logits(trace.student, inputs, experts)
    ce = gpt2_model.sum_of_ce(logits, targets) / targets.numel()
    alpha, loss = 1.0, ce
    if trace.teacher is not None:
        alpha = weights.before_micro(trace.steps_done, number, step.accumulate)
    if trace.teacher is not None and not (alpha == 1 and weights.distill["combine"] == "alternating"):
        with torch.no_grad():
            taught = gpt2_model.logits_of(trace.teacher, inputs, trace.spec["teacher"]["model"]["heads"])
        kd = distillation.divergence(weights.distill, logits, taught, inputs)
        if weights.is_papers():
            alpha = weights.weigh_current(ce.item(), kd.item())
        loss = alpha * ce + (1 - alpha) * kd
        step.kds.append(kd.item())
    lwf = trace.stages.lwf(logits, inputs, experts)
    if lwf is not None:
        loss = loss + trace.spec["remedies"]["lwf"]["weight"] * lwf
        step.lwfs.append(lwf.item())
    (loss / step.accumulate).backward()
    step.ce += ce.item() / step.accumulate
    step.alphas.append(alpha)
    step.losses.append(loss.item() / step.accumulate)


def add_penalty(trace, step):
    """Once a step. Pulls the weights that the update moves."""
    penalty = trace.stages.ewc()
    if penalty is None:
        return
    moved = [weight for weight in trace.student.values() if weight.grad is not None]
    for weight, pull in zip(moved, torch.autograd.grad(penalty, moved)):
        weight.grad += pull
    step.penalty = penalty.item()


def replay_step(trace, weights, tokens, experts, row):
    """One update. Returns the row that losses.csv should have."""
    step = Step(trace.spec["optim"]["accumulate"])
    trace.forget_gradients()
    size = trace.spec["optim"]["batch"]
    for number, (micro, readers) in enumerate(zip(tokens.split(size), experts.split(size))):
        micro_batch(trace, weights, step, number, micro, readers)
    add_penalty(trace, step)
    grad_norm = gpt2_model.clip_gradients(trace.student, trace.spec["optim"]["clip"]).item()
    for group in trace.optimiser.param_groups:
        group["lr"] = row["lr"]
    trace.optimiser.step()
    trace.steps_done += 1
    if trace.stages.end_step(trace.steps_done):
        trace.renew_optimiser()
    if trace.teacher is not None:
        weights.after_step(step.ce, step.kd() or 0.0)
    return step.row(grad_norm, learning_rate(trace.spec, int(row["step"])))


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
    weights = distillation.Weights(trace.spec["distill"], total_steps(trace.spec)) if trace.teacher else None
    worst = {name: (-1.0, 0, None, None) for name in trace.columns}
    for row, tokens, experts in zip(trace.rows, trace.tokens, trace.experts):
        expected = replay_step(trace, weights, tokens, experts, row)
        # A divergence is a cross-entropy less an entropy, each with the rounding of its logits: a small one is
        # compared on the scale of what it is the difference of.
        scales = dict.fromkeys(["kd", "lwf", "loss"], 0.1 * abs(expected["ce"]))
        for name in trace.columns:
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
    parser.add_argument("folders", nargs="*", metavar="DIR", help="made by retortctl trace")
    parser.add_argument("--tolerance-loss", type=float, default=1e-5, help="relative, for ce, kd, lwf and loss")
    parser.add_argument("--tolerance-grad", type=float, default=1e-4, help="relative, for grad_norm and ewc")
    parser.add_argument("--tolerance-rate", type=float, default=1e-6, help="relative, for lr")
    parser.add_argument("--tolerance-alpha", type=float, default=2e-5, help="relative, for alpha and beta")
    parser.add_argument("--double", action="store_true", help="replay in double precision")
    parser.add_argument("--self-test", action="store_true", help="replay traces made by other means, right and wrong")
    options = parser.parse_args(arguments)
    if not options.folders and not options.self_test:
        parser.error("give the folder of a trace")
    return options


def main(arguments):
    options = parse(arguments)
    if options.self_test:
        import replay_self_test

        return replay_self_test.run()
    statuses = [judge(folder, options) for folder in options.folders]
    return max(statuses)


def limits_of(folder, options):
    limits = dict.fromkeys(["ce", "kd", "loss", "lwf"], options.tolerance_loss)
    limits.update(dict.fromkeys(["alpha", "beta"], options.tolerance_alpha))
    # The penalty is of squares of gradients, by squares of differences of weights.
    limits.update(lr=options.tolerance_rate, grad_norm=options.tolerance_grad, ewc=options.tolerance_grad)
    spec = json.loads((pathlib.Path(folder) / "spec.json").read_text())
    kinds = {spec.get("distill", {}).get("divergence"), spec["remedies"]["lwf"]["divergence"]}
    if kinds & {"tvd", "paper_label_difference"}:
        # The sign of q - p jumps with the last bit near a tie: the gradient by up to a token's share of it, and what
        # is learned of it after that by less.
        limits["grad_norm"] *= 100
        limits["kd"] *= 10
        limits["loss"] *= 10
    return limits


def judge(folder, options):
    try:
        worst = replay(folder, torch.float64 if options.double else torch.float32)
    except (OSError, ValueError, KeyError) as error:
        print(f"{folder} cannot be replayed: {error}", file=sys.stderr)
        return 2
    limits = limits_of(folder, options)
    print(folder)
    print_table(worst, limits)
    return 1 if any(found[0] > limits[name] for name, found in worst.items()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
