#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The peer of the benchmarks: one training step of distillation as research code does it in stock PyTorch.

    peer_step.py --teacher 6x256x4 --student 3x128x4 --vocab 4000 --context 128 --batch 16 --steps 20
                 [--precision fp32|bf16] [--tuned] [--threads N]

Models are LAYERSxWIDTHxHEADS. A step is: the teacher's forward pass without gradients, the student's forward pass,
cross-entropy on the shifted logits, the divergence from whole [batch, context, vocabulary] tensors, 0.5 of each, backward,
clipping at 1 and AdamW. Modules are GPT-2 as Hugging Face builds it, dropout 0.1. --tuned keeps large temporaries
mapped, takes the widest vector kernels and lets idle threads sleep; without it PyTorch runs as it is installed.

Prints one line of JSON: tokens_per_second (from the median), step_seconds (median), steps, peak_rss_mb, idle_rss_mb
(after the first import of torch), state_mb (weights, gradients and optimiser state), threads, torch. MB are 2^20 bytes."""
import argparse
import ctypes
import json
import math
import os
import resource
import statistics
import time


def parse():
    parser = argparse.ArgumentParser(description="One step of distillation in stock PyTorch, measured.")
    parser.add_argument("--teacher", type=shape, default=shape("6x256x4"), metavar="LAYERSxWIDTHxHEADS")
    parser.add_argument("--student", type=shape, default=shape("3x128x4"), metavar="LAYERSxWIDTHxHEADS")
    parser.add_argument("--vocab", type=int, default=4000)
    parser.add_argument("--context", type=int, default=128)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--warmup", type=int, default=3, help="steps before the clock runs")
    parser.add_argument("--precision", choices=["fp32", "bf16"], default="fp32", help="bf16 is autocast")
    parser.add_argument("--tuned", action="store_true")
    parser.add_argument("--threads", type=int, default=0, help="0: PyTorch's choice; the physical cores when tuned")
    return parser.parse_args()


def shape(text):
    layers, width, heads = (int(part) for part in text.split("x"))
    return layers, width, heads


def physical_cores():
    cores = set()
    for cpu in os.sched_getaffinity(0):
        try:
            with open(f"/sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list") as file:
                cores.add(file.read())
        except OSError:
            cores.add(cpu)
    return len(cores)


def tune_process():
    """Before torch is loaded: its allocator and thread pools read these once."""
    m_trim_threshold, m_top_pad, m_mmap_threshold = -1, -2, -3
    libc = ctypes.CDLL(None)
    for option, value in [(m_mmap_threshold, 1 << 30), (m_trim_threshold, 2**31 - 1), (m_top_pad, 256 << 20)]:
        libc.mallopt(option, value)
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    with open("/proc/cpuinfo") as file:
        if " avx512f " in file.read():
            os.environ.setdefault("ATEN_CPU_CAPABILITY", "avx512")


options = parse()
if options.tuned:
    tune_process()

import torch  # noqa: E402
from torch import nn  # noqa: E402
from torch.nn import functional  # noqa: E402


class Conv1D(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(inputs, outputs).normal_(std=0.02))
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x):
        return torch.addmm(self.bias, x.view(-1, x.size(-1)), self.weight).view(*x.shape[:-1], -1)


class NewGelu(nn.Module):
    def forward(self, x):
        return 0.5 * x * (1.0 + torch.tanh(math.sqrt(2.0 / math.pi) * (x + 0.044715 * torch.pow(x, 3.0))))


class Attention(nn.Module):
    def __init__(self, context, width, heads):
        super().__init__()
        self.heads = heads
        self.c_attn, self.c_proj = Conv1D(width, 3 * width), Conv1D(width, width)
        self.attn_dropout, self.resid_dropout = nn.Dropout(0.1), nn.Dropout(0.1)
        self.register_buffer("mask", torch.ones(context, context, dtype=torch.bool).tril()[None, None])

    def forward(self, x):
        batch, length, width = x.shape
        q, k, v = (part.view(batch, length, self.heads, -1).transpose(1, 2) for part in self.c_attn(x).split(width, 2))
        scores = torch.matmul(q, k.transpose(-1, -2)) / (width // self.heads) ** 0.5
        lowest = torch.full([], torch.finfo(scores.dtype).min, dtype=scores.dtype)
        scores = torch.where(self.mask[:, :, :length, :length], scores, lowest)
        weights = self.attn_dropout(functional.softmax(scores, dim=-1).type(v.dtype))
        mixed = torch.matmul(weights, v).transpose(1, 2).contiguous().view(batch, length, width)
        return self.resid_dropout(self.c_proj(mixed))


class Block(nn.Module):
    def __init__(self, context, width, heads):
        super().__init__()
        self.ln_1, self.ln_2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attn = Attention(context, width, heads)
        self.mlp = nn.Sequential(Conv1D(width, 4 * width), NewGelu(), Conv1D(4 * width, width), nn.Dropout(0.1))

    def forward(self, x):
        x = x + self.attn(self.ln_1(x))
        return x + self.mlp(self.ln_2(x))


class Gpt2(nn.Module):
    def __init__(self, layers, width, heads):
        super().__init__()
        self.wte, self.wpe = nn.Embedding(options.vocab, width), nn.Embedding(options.context, width)
        nn.init.normal_(self.wte.weight, std=0.02)
        nn.init.normal_(self.wpe.weight, std=0.02)
        self.drop = nn.Dropout(0.1)
        self.h = nn.ModuleList(Block(options.context, width, heads) for _ in range(layers))
        self.ln_f = nn.LayerNorm(width)
        self.lm_head = nn.Linear(width, options.vocab, bias=False)
        self.lm_head.weight = self.wte.weight

    def forward(self, tokens):
        x = self.drop(self.wte(tokens) + self.wpe(torch.arange(tokens.shape[1])[None]))
        for block in self.h:
            x = block(x)
        return self.lm_head(self.ln_f(x))


def optimiser_of(model):
    decayed = [p for p in model.parameters() if p.dim() >= 2]
    others = [p for p in model.parameters() if p.dim() < 2]
    groups = [{"params": decayed, "weight_decay": 0.05}, {"params": others, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=5e-4)


def losses(student, teacher, tokens):
    with torch.no_grad():
        teacher_logits = teacher(tokens)
    logits = student(tokens)
    shifted = logits[..., :-1, :].contiguous()
    ce = functional.cross_entropy(shifted.view(-1, options.vocab), tokens[..., 1:].contiguous().view(-1))
    p = functional.softmax(teacher_logits, dim=-1, dtype=torch.float32)
    log_p = functional.log_softmax(teacher_logits, dim=-1, dtype=torch.float32)
    log_q = functional.log_softmax(logits, dim=-1, dtype=torch.float32)
    return ce, (p * (log_p - log_q)).sum(-1).mean()


def step(student, teacher, optimiser, tokens):
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.precision == "bf16"):
        ce, kd = losses(student, teacher, tokens)
        loss = 0.5 * ce + 0.5 * kd
    loss.backward()
    torch.nn.utils.clip_grad_norm_(student.parameters(), 1.0)
    optimiser.step()
    optimiser.zero_grad()
    return loss.item()


def rss_mb():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def state_mb(student, teacher):
    count = sum(p.numel() for p in student.parameters())
    return (4 * count + sum(p.numel() for p in teacher.parameters())) * 4 / 2**20


def measure():
    idle = rss_mb()
    threads = options.threads or (physical_cores() if options.tuned else 0)
    if threads:
        torch.set_num_threads(threads)
    torch.manual_seed(1)
    teacher, student = Gpt2(*options.teacher).eval(), Gpt2(*options.student).train()
    optimiser = optimiser_of(student)
    seconds = []
    for _ in range(options.warmup + options.steps):
        tokens = torch.randint(options.vocab, (options.batch, options.context))
        begin = time.perf_counter()
        step(student, teacher, optimiser, tokens)
        seconds.append(time.perf_counter() - begin)
    median = statistics.median(seconds[options.warmup :])
    return {
        "tokens_per_second": options.batch * options.context / median,
        "step_seconds": median,
        "steps": options.steps,
        "peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "idle_rss_mb": idle,
        "state_mb": state_mb(student, teacher),
        "threads": torch.get_num_threads(),
        "torch": torch.__version__,
    }


print(json.dumps(measure()))
