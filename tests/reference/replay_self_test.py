# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves replay_trace.py: traces computed by other means, in double precision, must replay, and wrong ones must not.

The other means: PyTorch's own encoder layer for the model, the definitions written out for losses, clipping and
AdamW. Trainings by stages are in stages_self_test.py."""
import contextlib
import copy
import csv
import io
import json
import math
import pathlib
import tempfile

import torch
from torch import nn

import replay_trace
import safetensors_io

VOCABULARY, CONTEXT, STEPS = 50, 12, 6
BETAS, EPS = (0.9, 0.999), 1e-8


class Gpt2(nn.Module):
    def __init__(self, layers, width, heads, tied):
        super().__init__()
        self.wte = nn.Embedding(VOCABULARY, width)
        self.wpe = nn.Embedding(CONTEXT, width)
        self.layers = nn.ModuleList(
            nn.TransformerEncoderLayer(
                width, heads, 4 * width, dropout=0.0, norm_first=True, batch_first=True,
                activation=lambda x: nn.functional.gelu(x, approximate="tanh"),
            )
            for _ in range(layers)
        )
        self.ln_f = nn.LayerNorm(width)
        self.head = self.wte.weight if tied else nn.Parameter(torch.randn(VOCABULARY, width) * 0.1)
        self.tied = tied
        for parameter in self.parameters():  # rounded, so that the file holds the same numbers
            parameter.data = (parameter.data + 0.05 * torch.randn_like(parameter)).float().double()
        self.double()

    def forward(self, tokens):
        time = tokens.shape[1]
        mask = torch.full((time, time), -math.inf, dtype=torch.double).triu(1)
        x = self.wte(tokens) + self.wpe(torch.arange(time))
        for layer in self.layers:
            x = layer(x, src_mask=mask)
        return self.ln_f(x) @ self.head.T

    def named_for_file(self):
        names = {"transformer.wte.weight": self.wte.weight, "transformer.wpe.weight": self.wpe.weight}
        for i, layer in enumerate(self.layers):
            block = f"transformer.h.{i}."
            attention = layer.self_attn
            names[block + "attn.c_attn.weight"] = attention.in_proj_weight.T
            names[block + "attn.c_attn.bias"] = attention.in_proj_bias
            for name, part in [("attn.c_proj", attention.out_proj), ("mlp.c_fc", layer.linear1), ("mlp.c_proj", layer.linear2)]:
                names[block + name + ".weight"] = part.weight.T
                names[block + name + ".bias"] = part.bias
            for name, part in [("ln_1", layer.norm1), ("ln_2", layer.norm2)]:
                names[block + name + ".weight"] = part.weight
                names[block + name + ".bias"] = part.bias
        names["transformer.ln_f.weight"] = self.ln_f.weight
        names["transformer.ln_f.bias"] = self.ln_f.bias
        if not self.tied:
            names["lm_head.weight"] = self.head
        return {name: value.detach().float() for name, value in names.items()}


def adamw_by_hand(parameters, moments, step, rate, decay):
    """Loshchilov and Hutter, algorithm 2: decoupled decay, bias-corrected moments."""
    for parameter, (first, second) in zip(parameters, moments):
        gradient = parameter.grad
        first.mul_(BETAS[0]).add_(gradient, alpha=1 - BETAS[0])
        second.mul_(BETAS[1]).add_(gradient**2, alpha=1 - BETAS[1])
        update = (first / (1 - BETAS[0] ** step)) / ((second / (1 - BETAS[1] ** step)).sqrt() + EPS)
        decayed = decay if parameter.dim() >= 2 else 0.0
        parameter.data -= rate * (update + decayed * parameter.data)


def losses_by_definition(spec, student, teacher, tokens):
    log_q = student(tokens[:, :-1]).log_softmax(-1)
    ce = -log_q.gather(-1, tokens[:, 1:, None]).mean()
    if teacher is None:
        return ce, None
    temperature = spec["distill"]["temperature"]
    p = torch.distributions.Categorical(logits=teacher(tokens[:, :-1]).detach() / temperature)
    q = torch.distributions.Categorical(logits=student(tokens[:, :-1]) / temperature)
    kd = torch.distributions.kl_divergence(p, q).mean()
    return ce, kd * temperature**2 if spec["distill"]["scale_t2"] else kd


def clip_by_hand(parameters, clip):
    """Returns the norm before."""
    norm = math.sqrt(sum((p.grad**2).sum().item() for p in parameters))
    if clip and norm > clip:
        for p in parameters:
            p.grad *= clip / norm
    return norm


def train_by_hand(spec, student, teacher, batches):
    parameters = list(student.parameters())
    moments = [(torch.zeros_like(p), torch.zeros_like(p)) for p in parameters]
    alpha = spec["distill"]["alpha"]["value"] if teacher else 1.0
    warmup = round(spec["optim"]["warmup"] * STEPS)
    rows = []
    for step, tokens in enumerate(batches, 1):
        student.zero_grad()
        ce, kd = losses_by_definition(spec, student, teacher, tokens)
        loss = ce if kd is None else alpha * ce + (1 - alpha) * kd
        loss.backward()
        norm = clip_by_hand(parameters, spec["optim"]["clip"])
        rate = spec["optim"]["lr"] * (step / warmup if step <= warmup else (STEPS - step + 1) / (STEPS - warmup + 1))
        adamw_by_hand(parameters, moments, step, rate, spec["optim"]["weight_decay"])
        kd_text = "" if kd is None else repr(kd.item())
        rows.append([step, ce.item(), kd_text, alpha, 1 - alpha, loss.item(), norm, rate])
    return rows


def make_spec(task, tied, accumulate, clip):
    batch = 3
    model = {"layers": 2, "width": 16, "heads": 4, "dropout": 0.0, "tied": tied}
    spec = {
        "task": task,
        "data": {"context": CONTEXT, "domains": ["en"]},
        "model": model,
        "schedule": {"kind": "balanced", "domains": [], "moments": "carried", "rewarm": False},
        "remedies": {
            "replay": 0.0, "freeze": {"layers": 0, "embeddings": False}, "average": {"kind": "none", "share": 0.5},
            "ewc": {"strength": 0.0, "sequences": 64, "decay": 1.0},
            "lwf": {"weight": 0.0, "divergence": "forward_kl", "temperature": 1.0},
        },
        "optim": {
            "lr": 5e-3, "betas": list(BETAS), "eps": EPS, "weight_decay": 0.1, "warmup": 0.34, "decay": "linear",
            "clip": clip, "batch": batch, "accumulate": accumulate, "tokens": STEPS * batch * accumulate * CONTEXT,
        },
    }
    if task == "distill":
        spec["teacher"] = {"model": dict(model, layers=3, heads=2)}
        spec["distill"] = {
            "alpha": {"mode": "fixed", "rule": "corrected", "value": 0.3, "history": 0},
            "divergence": "forward_kl", "temperature": 2.0, "scale_t2": True, "combine": "combined",
            "mask": "targets", "beta": 0.5, "skew": 0.1,
        }
    return spec


def gpt2_from(model):
    return Gpt2(model["layers"], model["width"], model["heads"], model["tied"])


def write_trace(folder, spec):
    student = gpt2_from(spec["model"])
    teacher = gpt2_from(spec["teacher"]["model"]) if "teacher" in spec else None
    sequences = spec["optim"]["batch"] * spec["optim"]["accumulate"]
    tokens = torch.randint(VOCABULARY, (STEPS, sequences, CONTEXT + 1))
    folder.mkdir()
    (folder / "spec.json").write_text(json.dumps(spec))
    safetensors_io.save(folder / "student.safetensors", student.named_for_file())
    if teacher:
        safetensors_io.save(folder / "teacher.safetensors", teacher.named_for_file())
    domains = torch.zeros(tokens.shape[:2], dtype=torch.int64)
    safetensors_io.save(folder / "batches.safetensors", {"tokens": tokens, "domains": domains})
    rows = train_by_hand(spec, student, teacher, tokens)
    write_rows(folder, rows)
    return rows


def write_rows(folder, rows, more=()):
    with open(folder / "losses.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["step", *replay_trace.COLUMNS, *more])
        writer.writerows(rows)


def perturbed(rows, column, factor):
    """The same rows, the fourth one wrong in one column."""
    changed = copy.deepcopy(rows)
    place = 1 + replay_trace.COLUMNS.index(column)
    changed[3][place] = float(changed[3][place] or 1) * factor
    return changed


def replays(folder, *options):
    """Whether the replay agrees; its table is shown only where it fails unexpectedly."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return replay_trace.main([str(folder), *options]) == 0


def check_right_trace(folder, spec):
    for precision in [[], ["--double", "--tolerance-loss=1e-9", "--tolerance-grad=1e-9"]]:
        if not replays(folder, *precision):
            replay_trace.main([str(folder), *precision])
            raise AssertionError(f"a right trace differs: {spec}")


def check_wrong_rows(folder, rows):
    for column, factor in [("ce", 1.0001), ("kd", 1.0001), ("loss", 0.9999), ("grad_norm", 1.001), ("alpha", 1.001),
                           ("lr", 1.001), ("loss", math.nan)]:
        write_rows(folder, perturbed(rows, column, factor))
        if replays(folder):
            raise AssertionError(f"{column} × {factor} went unnoticed")
    write_rows(folder, rows)


def check_wrong_weights(folder):
    path = folder / "student.safetensors"
    weights = safetensors_io.load(path)
    safetensors_io.save(path, {n: w * (1.01 if n.endswith("1.mlp.c_fc.weight") else 1) for n, w in weights.items()})
    if replays(folder):
        raise AssertionError("wrong weights went unnoticed")


def run():
    import stages_self_test  # which builds on this file

    torch.manual_seed(1)
    with tempfile.TemporaryDirectory() as scratch:
        specs = [make_spec("distill", True, 2, 0.5), make_spec("distill", False, 1, 0.0), make_spec("teacher", True, 3, 1.0)]
        for i, spec in enumerate(specs):
            folder = pathlib.Path(scratch) / str(i)
            rows = write_trace(folder, spec)
            check_right_trace(folder, spec)
            check_wrong_rows(folder, rows)
            check_wrong_weights(folder)
        stages_self_test.run(pathlib.Path(scratch))
    print("The replay agrees with right traces and refuses wrong ones.")
    return 0
