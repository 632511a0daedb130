# SPDX-License-Identifier: GPL-3.0-or-later
"""Divergences and weights of distillation, written from their definitions: the judge of the C++ arithmetic.

Logits are [batch, time, vocabulary]: z of the student, t of the teacher. Kinds named paper_* are the operations of the
code of arXiv 2407.19610. Nothing here is taken from Retort's own formulas: a difference is a finding."""
import math

import torch
from torch.nn import functional

END_OF_DOCUMENT = 2


def kl(log_a, log_b):
    """Per position: sum a (log a - log b)."""
    return functional.kl_div(log_b, log_a, reduction="none", log_target=True).sum(-1)


def log_mixture(log_a, share, log_b):
    return torch.logsumexp(torch.stack([log_a + math.log(share), log_b + math.log1p(-share)]), 0)


def per_position(distill, z, t):
    """The divergences that are a mean over positions, before the mean."""
    log_q = functional.log_softmax(z / distill["temperature"], -1)
    log_p = functional.log_softmax(t / distill["temperature"], -1)
    skew, beta = distill["skew"], distill["beta"]
    jsd_mixture = log_mixture(log_p, beta, log_q)
    return {
        "forward_kl": lambda: kl(log_p, log_q),
        "reverse_kl": lambda: kl(log_q, log_p),
        "jsd": lambda: beta * kl(log_p, jsd_mixture) + (1 - beta) * kl(log_q, jsd_mixture),
        "skew_kl": lambda: kl(log_p, log_mixture(log_p, skew, log_q)),
        "skew_reverse_kl": lambda: kl(log_q, log_mixture(log_q, skew, log_p).detach()),
        "tvd": lambda: 0.5 * (log_p.exp() - log_q.exp()).abs().sum(-1),
        "teacher_ce": lambda: -(log_p.exp() * log_q).sum(-1),
    }[distill["divergence"]]()


def paper_inverse_kl(z, inputs, t, mask):
    teacher_probabilities = functional.softmax(t, dim=-1)
    products = teacher_probabilities * functional.log_softmax(z, dim=-1)
    per_token = products.sum(-1).view(-1)
    return -(per_token * mask.view(-1)).sum() / mask.sum()


def paper_normal_kl(z, t, temperature):
    return functional.kl_div(
        functional.log_softmax(z / temperature, dim=-1), functional.softmax(t / temperature, dim=-1), reduction="batchmean"
    ) * temperature**2


def paper_label_difference(z, inputs, t):
    teacher, student = functional.softmax(t, dim=-1), functional.softmax(z, dim=-1)
    labels = functional.one_hot(inputs, z.shape[-1]).to(z.dtype)
    return ((teacher - labels).abs().sum(-1) * (student - teacher).abs().sum(-1)).sum()


def divergence(distill, z, t, inputs):
    """Of one micro-batch, as its own definition scales it."""
    mask = torch.ones_like(inputs) if distill["mask"] == "targets" else (inputs != END_OF_DOCUMENT).long()
    kind = distill["divergence"]
    if kind == "paper_inverse_kl":
        return paper_inverse_kl(z, inputs, t, mask)
    if kind == "paper_normal_kl":
        return paper_normal_kl(z, t, distill["temperature"])
    if kind == "paper_label_difference":
        return paper_label_difference(z, inputs, t)
    mean = (per_position(distill, z, t) * mask).sum() / mask.sum()
    return mean * distill["temperature"] ** 2 if distill["scale_t2"] else mean


class Weights:
    """alpha of every micro-batch. `steps` is the length of the whole training."""

    def __init__(self, distill, steps):
        self.distill, self.spec, self.steps = distill, distill["alpha"], steps
        self.alpha = self.spec["value"]
        self.history = self.spec["history"] or max(20, steps // 100)
        self.ce, self.kd = [], []
        value = min(max(self.alpha, 1e-3), 1 - 1e-3)
        self.log_variance = [-math.log(value), -math.log(1 - value)]

    def is_papers(self):
        return self.spec["mode"] == "adaptive" and self.spec["rule"] == "paper"

    def before_micro(self, step, micro, accumulate):
        """`step` and `micro` count from 0."""
        if self.distill["combine"] == "alternating":
            turn = step if self.distill["alternate_per"] == "step" else step * accumulate + micro
            return 1.0 - turn % 2
        if self.spec["mode"] == "schedule":
            return self.scheduled(step)
        return self.alpha

    def weigh_current(self, ce, kd):
        """The paper's: the micro-batch that is weighed is in the history already."""
        self.ce.append(ce)
        self.kd.append(kd)
        k = self.history
        if len(self.ce) >= k:
            w = [1 - max(0.0, min(1.0, (h[-1] - h[-k]) / (sum(h[-k:]) / k))) for h in (self.ce, self.kd)]
            if w[0] + w[1] != 0:
                self.alpha = w[0] / (w[0] + w[1])
        return self.alpha

    def after_step(self, ce, kd):
        mode = self.spec["mode"]
        if self.is_papers():
            return
        self.ce.append(ce)
        self.kd.append(kd)
        if mode == "adaptive" and len(self.ce) >= self.history:
            self.corrected()
        if mode == "dwa" and len(self.ce) >= 2 * self.history:
            self.dynamic_average()
        if mode == "uncertainty":
            self.uncertainty(ce, kd)

    def corrected(self):
        k, w = self.history, []
        for h in (self.ce, self.kd):
            w.append(1 + max(-1.0, min(1.0, (h[-1] - h[-k]) / (sum(h[-k:]) / k))))
        if sum(w) != 0:
            self.alpha = w[0] / sum(w)

    def dynamic_average(self):
        k = self.history
        ratios = [sum(h[-k:]) / sum(h[-2 * k : -k]) for h in (self.ce, self.kd)]
        self.alpha = functional.softmax(torch.tensor(ratios, dtype=torch.float64) / self.spec["temperature"], 0)[0].item()

    def uncertainty(self, ce, kd):
        s = torch.tensor(self.log_variance, dtype=torch.float64, requires_grad=True)
        (torch.exp(-s) * torch.tensor([ce, kd], dtype=torch.float64) + s).sum().backward()
        self.log_variance = (s.detach() - self.spec["rate"] * s.grad).tolist()
        weights = torch.exp(-torch.tensor(self.log_variance, dtype=torch.float64))
        self.alpha = (weights[0] / weights.sum()).item()

    def scheduled(self, step):
        start, end, share = self.spec["value"], self.spec["end"], self.spec["share"]
        x = step / (self.steps - 1)
        if self.spec["decay"] == "wsd" and x < share:
            return end + (start - end) * x / share
        if x <= 1 - share:
            return start
        done = (x - (1 - share)) / share
        if self.spec["decay"] == "cosine":
            done = (1 - math.cos(math.pi * done)) / 2
        return start + (end - start) * done
