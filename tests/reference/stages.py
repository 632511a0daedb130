# SPDX-License-Identifier: GPL-3.0-or-later
"""Trainings whose domains come one after the other, and the remedies against forgetting, written from their
definitions: the judge of what Retort does at the ends of stages.

Penalties are differentiated by autograd as they stand, the Fisher information is squared gradients of one sequence at a
time, renewed moments are a new optimiser. Stages are counted from 0."""
import collections
import re

import torch

import distillation
import gpt2_model


def domain_count(spec):
    return len(spec["schedule"]["domains"] or spec["data"]["domains"])


def stage_of_steps(spec, steps):
    """For each optimiser step its stage: equal shares of all steps. All of stage 0 where there are no stages."""
    if spec["schedule"]["kind"] != "sequential":
        return [0] * steps
    return [step * domain_count(spec) // steps for step in range(steps)]


def place_in_schedule(spec, steps, step):
    """(step, steps) that the learning rate goes by for `step`, counted from 1: of its stage where each warms up anew."""
    if not spec["schedule"]["rewarm"]:
        return step, steps
    stages = stage_of_steps(spec, steps)
    stage = stages[step - 1]
    return step - stages.index(stage), stages.count(stage)


def rests(freeze, name):
    """Whether a weight of that name rests from the second stage on."""
    if re.search(r"(^|\.)(wte|wpe)\.weight$", name):
        return freeze["embeddings"]
    block = re.search(r"\.h\.(\d+)\.(attn|mlp|ln_1|ln_2)\.", name)
    return block is not None and int(block[1]) < freeze["layers"]


def empirical_fisher(weights, logits, windows, experts):
    """Name -> mean over windows [N, T + 1] of (gradient of the sum over t of -log p(x_t))² / T; 0 without a gradient."""
    learning = {name: weight for name, weight in weights.items() if weight.requires_grad}
    fisher = {name: torch.zeros_like(weight) for name, weight in weights.items()}
    for window, reader in zip(windows.split(1), experts.split(1)):
        nll = gpt2_model.sum_of_ce(logits(weights, window[:, :-1], reader), window[:, 1:])
        slopes = torch.autograd.grad(nll, list(learning.values()), allow_unused=True)
        for name, slope in zip(learning, slopes):
            if slope is not None:
                fisher[name] += slope**2 / (window.shape[1] - 1) / len(windows)
    return fisher


class Stages:
    """What the ends of stages leave for the steps that follow. `weights`, name -> tensor, are changed in place;
    logits(weights, inputs, experts) is the model; `measured` has fisher.k and fisher_experts.k of the trace."""

    def __init__(self, spec, steps, weights, logits, measured):
        self.weights, self.logits, self.measured = weights, logits, measured
        self.of_steps = stage_of_steps(spec, steps)
        self.renews, self.remedies = spec["schedule"]["moments"] == "fresh", spec["remedies"]
        self.has_lwf, self.has_ewc = self.remedies["lwf"]["weight"] > 0, self.remedies["ewc"]["strength"] > 0
        self.before = self.fisher = None

    def lwf(self, logits, inputs, experts):
        """Mean divergence of the student from the student before; nothing where that does not teach."""
        if self.before is None or not self.has_lwf:
            return None
        kind = {"beta": 0.5, "skew": 0.5, "mask": "targets", "scale_t2": False}
        with torch.no_grad():
            taught = self.logits(self.before, inputs, experts)
        return distillation.divergence({**kind, **self.remedies["lwf"]}, logits, taught, inputs)

    def ewc(self):
        """strength / 2 · sum of F (θ - before)²; nothing where no stage has ended."""
        if self.fisher is None:
            return None
        away = [(self.fisher[name] * (w - self.before[name]) ** 2).sum() for name, w in self.weights.items()]
        return self.remedies["ewc"]["strength"] / 2 * torch.stack(away).sum()

    def end_step(self, step):
        """After the update of a step, counted from 1. Whether a new optimiser is due."""
        stage, is_over = self.of_steps[step - 1], step == len(self.of_steps)
        if not is_over and self.of_steps[step] == stage:
            return False
        self.average(stage)
        if is_over:
            return False
        if self.has_ewc:
            self.measure(stage)
        self.before = {name: weight.detach().clone() for name, weight in self.weights.items()}
        for name, weight in self.weights.items():
            weight.requires_grad_(not rests(self.remedies["freeze"], name))
        return self.renews

    def average(self, stage):
        average = self.remedies["average"]
        if self.before is None or average["kind"] == "none":
            return
        share = stage / (stage + 1) if average["kind"] == "running" else average["share"]
        with torch.no_grad():
            for name, weight in self.weights.items():
                weight.copy_(share * self.before[name] + (1 - share) * weight)

    def measure(self, stage):
        windows = self.measured[f"fisher.{stage + 1}"]
        if len(windows) > self.remedies["ewc"]["sequences"]:
            raise ValueError(f"batches.safetensors: fisher.{stage + 1} has {len(windows)} windows, which are too many")
        readers = self.measured.get(f"fisher_experts.{stage + 1}", torch.zeros(len(windows), dtype=torch.long))
        fisher = empirical_fisher(self.weights, self.logits, windows, readers)
        if self.fisher is not None:
            fisher = {name: self.remedies["ewc"]["decay"] * self.fisher[name] + f for name, f in fisher.items()}
        self.fisher = fisher


def check_domains(spec, steps, domains, tokens):
    """Raises where a stage reads other text than its domain's and its replays: what was read of each earlier domain
    first, in that order, and of each as much. `domains` [N, S], `tokens` [N, S, T + 1]."""
    if spec["schedule"]["kind"] != "sequential":
        return
    of_steps = torch.tensor(stage_of_steps(spec, steps)[: len(domains)])
    read, again = {}, collections.Counter()
    for stage in of_steps.unique().tolist():
        own, windows = domains[of_steps == stage].flatten(), tokens[of_steps == stage].flatten(0, 1)
        if not is_right(stage, spec["remedies"]["replay"], own, windows, read, again):
            raise ValueError(f"batches.safetensors: stage {stage + 1} has sequences of the wrong domains")


def is_right(stage, share, domains, windows, read, again):
    replays = domains != stage
    due = [int(n * share + 1e-9) if stage > 0 else 0 for n in range(1, len(domains) + 1)]
    of_each = [int((domains == d).sum()) for d in range(stage)] or [0]
    right = replays.cumsum(0).tolist() == due and max(of_each) - min(of_each) <= 1
    for domain, window in zip(domains[replays].tolist(), windows[replays].tolist()):
        right = right and window == read[domain][again[domain] % len(read[domain])]
        again[domain] += 1
    read[stage] = windows[~replays].tolist()
    return right
