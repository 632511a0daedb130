# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves stages.py: trainings by stages made by other means must replay, and each remedy that is not the one that the
trace was made with must be noticed.

The other means beside those of replay_self_test.py: the slope of the penalty written out, copies of whole modules, and
stages and rates as lists."""
import copy
import json

import torch

import replay_self_test
import safetensors_io

STAGE_OF_STEP = [0, 0, 1, 1, 2, 2]
RATE_OF_STEP = {True: [1, 1 / 2] * 3, False: [1 / 2, 1, 4 / 5, 3 / 5, 2 / 5, 1 / 5]}  # by rewarm, two of six warm up
STRONG = {"strength": 300.0, "sequences": 4, "decay": 0.5}


class StagedTraining:
    def __init__(self, spec, student, teacher, fisher_windows):
        self.spec, self.student, self.teacher, self.fisher_windows = spec, student, teacher, fisher_windows
        self.parameters, self.frozen = list(student.parameters()), set()
        self.before, self.importance = None, None
        self.forget_moments()

    def forget_moments(self):
        self.moments, self.updates = [(torch.zeros_like(p), torch.zeros_like(p)) for p in self.parameters], 0

    def from_before(self, tokens):
        temperature = self.spec["remedies"]["lwf"]["temperature"]
        p, q = (
            torch.distributions.Categorical(logits=model(tokens[:, :-1]) / temperature)
            for model in (self.before, self.student)
        )
        return torch.distributions.kl_divergence(p, q).mean()

    def pull(self):
        """Adds the slope of the penalty to the gradients and returns the penalty."""
        strength, penalty = self.spec["remedies"]["ewc"]["strength"], 0.0
        for p, old, weight in zip(self.parameters, self.before.parameters(), self.importance):
            penalty += strength / 2 * (weight * (p.data - old.data) ** 2).sum().item()
            if p.grad is not None:
                p.grad += strength * weight * (p.data - old.data)
        return penalty

    def step(self, number, tokens):
        """A line of losses.csv; `number` counts from 1."""
        spec, alpha = self.spec, self.spec["distill"]["alpha"]["value"]
        self.student.zero_grad(set_to_none=True)
        ce, kd = replay_self_test.losses_by_definition(spec, self.student, self.teacher, tokens)
        lwf = self.from_before(tokens) if self.before else torch.zeros(())
        loss = alpha * ce + (1 - alpha) * kd + spec["remedies"]["lwf"]["weight"] * lwf
        loss.backward()
        for i in self.frozen:
            self.parameters[i].grad = None
        penalty = self.pull() if self.before else 0.0
        moving = [i for i in range(len(self.parameters)) if i not in self.frozen]
        norm = replay_self_test.clip_by_hand([self.parameters[i] for i in moving], spec["optim"]["clip"])
        rate = spec["optim"]["lr"] * RATE_OF_STEP[spec["schedule"]["rewarm"]][number - 1]
        self.updates += 1
        replay_self_test.adamw_by_hand(
            [self.parameters[i] for i in moving], [self.moments[i] for i in moving], self.updates, rate,
            spec["optim"]["weight_decay"],
        )
        of_stages = [lwf.item(), penalty] if self.before else ["", ""]
        return [number, ce.item(), kd.item(), alpha, 1 - alpha, loss.item() + penalty, norm, rate] + of_stages

    def end_stage(self, stage):
        remedies = self.spec["remedies"]
        if self.before and remedies["average"]["kind"] != "none":
            is_running = remedies["average"]["kind"] == "running"
            share = 1 - 1 / (stage + 1) if is_running else remedies["average"]["share"]
            for p, old in zip(self.parameters, self.before.parameters()):
                p.data = p.data - share * (p.data - old.data)
        self.weigh(self.fisher_windows[stage], remedies["ewc"]["decay"])
        self.before = copy.deepcopy(self.student).requires_grad_(False)
        self.freeze(remedies["freeze"])
        if self.spec["schedule"]["moments"] == "fresh":
            self.forget_moments()

    def weigh(self, windows, decay):
        now = [torch.zeros_like(p) for p in self.parameters]
        for window in windows:
            self.student.zero_grad(set_to_none=True)
            log_q = self.student(window[None, :-1]).log_softmax(-1)
            (-log_q[0, torch.arange(len(window) - 1), window[1:]]).sum().backward()
            for i, p in enumerate(self.parameters):
                if i not in self.frozen:
                    now[i] += p.grad**2 / (len(windows) * (len(window) - 1))
        self.importance = now if self.importance is None else [decay * a + b for a, b in zip(self.importance, now)]

    def freeze(self, freeze):
        resting = [p for layer in self.student.layers[: freeze["layers"]] for p in layer.parameters()]
        if freeze["embeddings"]:
            resting += [self.student.wte.weight, self.student.wpe.weight]
        self.frozen = {i for i, p in enumerate(self.parameters) if any(p is r for r in resting)}


def make_spec(moments, rewarm, freeze, average):
    spec = replay_self_test.make_spec("distill", True, 1, 0.0)
    spec["data"]["domains"] = ["en", "fr", "de"]
    spec["optim"]["lr"] = 2e-2
    spec["schedule"] = {"kind": "sequential", "domains": [], "moments": moments, "rewarm": rewarm}
    lwf = {"weight": 0.7, "divergence": "forward_kl", "temperature": 2.0}
    spec["remedies"] = {"replay": 0.0, "freeze": freeze, "average": average, "ewc": STRONG, "lwf": lwf}
    return spec


SPECS = [
    make_spec("fresh", True, {"layers": 1, "embeddings": True}, {"kind": "fixed", "share": 0.3}),
    make_spec("carried", False, {"layers": 0, "embeddings": False}, {"kind": "running", "share": 0.5}),
]
# What the first of them is not.
WRONG = [
    "schedule/kind=balanced", "schedule/moments=carried", "schedule/rewarm=false", "schedule/domains=[en,fr]",
    "remedies/replay=0.5", "remedies/freeze/layers=0", "remedies/freeze/embeddings=false",
    "remedies/average/kind=none", "remedies/average/kind=running", "remedies/average/share=0.31",
    "remedies/ewc/strength=0.0", "remedies/ewc/strength=303.0", "remedies/ewc/decay=0.52", "remedies/ewc/sequences=3",
    "remedies/lwf/weight=0.0", "remedies/lwf/weight=0.71", "remedies/lwf/divergence=reverse_kl",
    "remedies/lwf/temperature=1.9",
]


def write_trace(folder, spec):
    """Writes it but for the Fisher information's windows, which are returned with the other tensors."""
    student = replay_self_test.gpt2_from(spec["model"])
    teacher = replay_self_test.gpt2_from(spec["teacher"]["model"])
    vocabulary, length = replay_self_test.VOCABULARY, replay_self_test.CONTEXT + 1
    tokens = torch.randint(vocabulary, (len(STAGE_OF_STEP), spec["optim"]["batch"], length))
    domains = torch.tensor(STAGE_OF_STEP)[:, None].repeat(1, spec["optim"]["batch"])
    fisher_windows = [torch.randint(vocabulary, (4, length)) for _ in range(2)]
    folder.mkdir()
    safetensors_io.save(folder / "student.safetensors", student.named_for_file())
    safetensors_io.save(folder / "teacher.safetensors", teacher.named_for_file())
    training, rows = StagedTraining(spec, student, teacher, fisher_windows), []
    for number, (stage, batch) in enumerate(zip(STAGE_OF_STEP, tokens), 1):
        rows.append(training.step(number, batch))
        if number in (2, 4):
            training.end_stage(stage)
    replay_self_test.write_rows(folder, rows, ["lwf", "ewc"])
    (folder / "spec.json").write_text(json.dumps(spec))
    return {"tokens": tokens, "domains": domains, "fisher.1": fisher_windows[0], "fisher.2": fisher_windows[1]}


def changed(spec, wrong):
    """A copy of the specification with `path/to/field=value`."""
    path, value = wrong.split("=")
    spec = section = copy.deepcopy(spec)
    *sections, field = path.split("/")
    for name in sections:
        section = section[name]
    old = section[field]
    section[field] = value[1:-1].split(",") if isinstance(old, list) else value if isinstance(old, str) else json.loads(value)
    return spec


def check_wrong_specs(folder, spec):
    for wrong in WRONG:
        (folder / "spec.json").write_text(json.dumps(changed(spec, wrong)))
        if replay_self_test.replays(folder):
            raise AssertionError(f"{wrong} went unnoticed")
    (folder / "spec.json").write_text(json.dumps(spec))


def check_wrong_tensors(folder, tensors):
    other = {"fisher.1": tensors["fisher.2"], "fisher.2": tensors["fisher.1"]}
    one_token = {name: tensors[name].clone() for name in ("fisher.1", "domains")}
    for tensor in one_token.values():
        tensor[0, 0] = 1 - tensor[0, 0].clamp(max=1)
    for name, wrong in [*other.items(), *one_token.items()]:
        safetensors_io.save(folder / "batches.safetensors", {**tensors, name: wrong})
        if replay_self_test.replays(folder):
            raise AssertionError(f"a wrong tensor {name} went unnoticed")


def run(scratch):
    for number, spec in enumerate(SPECS):
        folder = scratch / f"stages-{number}"
        tensors = write_trace(folder, spec)
        safetensors_io.save(folder / "batches.safetensors", tensors)
        replay_self_test.check_right_trace(folder, spec)
        if number == 0:
            check_wrong_specs(folder, spec)
        check_wrong_tensors(folder, tensors)
