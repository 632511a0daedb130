# SPDX-License-Identifier: GPL-3.0-or-later
"""GPT-2 as a function of its weights, and what a training step does with it: the judge of the C++ arithmetic.

Plain operations of PyTorch, written for reading: nothing fused, chunked or in place. Weights are a dictionary with
Hugging Face's names (transformer.wte.weight, …); linear weights are [in, out]. No dropout. torch 1.13 and later."""
import math

import torch
from torch.nn import functional


def gelu_new(x):
    return 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def layer_norm(weights, name, x):
    return functional.layer_norm(x, x.shape[-1:], weights[name + ".weight"], weights[name + ".bias"], 1e-5)


def linear(weights, name, x):
    return x @ weights[name + ".weight"] + weights[name + ".bias"]


def attention(weights, name, x, heads):
    batch, time, width = x.shape
    q, k, v = (
        part.view(batch, time, heads, width // heads).transpose(1, 2)
        for part in linear(weights, name + ".c_attn", x).split(width, dim=2)
    )
    scores = q @ k.transpose(-1, -2) / math.sqrt(width // heads)
    future = torch.ones(time, time, dtype=torch.bool, device=x.device).triu(1)
    mixed = scores.masked_fill(future, -math.inf).softmax(-1) @ v
    return linear(weights, name + ".c_proj", mixed.transpose(1, 2).reshape(batch, time, width))


def mlp(weights, name, x):
    return linear(weights, name + ".c_proj", gelu_new(linear(weights, name + ".c_fc", x)))


def layer_count(weights, prefix):
    blocks = [name[len(prefix) :].split(".") for name in weights if name.startswith(prefix + "h.")]
    return 1 + max(int(parts[1]) for parts in blocks)


def body(weights, prefix, embedded, heads):
    """Token embeddings [batch, time, width] -> hidden states after the final norm, by the weights under prefix."""
    x = embedded + weights[prefix + "wpe.weight"][: embedded.shape[1]]
    for layer in range(layer_count(weights, prefix)):
        block = f"{prefix}h.{layer}"
        x = x + attention(weights, block + ".attn", layer_norm(weights, block + ".ln_1", x), heads)
        x = x + mlp(weights, block + ".mlp", layer_norm(weights, block + ".ln_2", x))
    return layer_norm(weights, prefix + "ln_f", x)


def logits_of(weights, inputs, heads):
    """inputs [batch, time] -> logits [batch, time, vocabulary]. Without lm_head.weight the head is the embedding."""
    embedding = weights["transformer.wte.weight"]
    return body(weights, "transformer.", embedding[inputs], heads) @ weights.get("lm_head.weight", embedding).T


def modular_logits_of(weights, inputs, experts, modular, names, heads):
    """JEET and MoE-CE, a sequence at a time. experts [batch]: places in names; modular: that section of the run."""
    embedding, rows = weights["wte.weight"], []
    for sequence, expert in zip(inputs, experts.tolist()):
        embedded = embedding[sequence][None]
        hidden = body(weights, f"experts.{names[expert]}.", embedded, heads)
        if modular["architecture"] == "moe-ce":
            share = modular["common_weight"]
            hidden = (1 - share) * hidden + share * body(weights, "common.", embedded, heads)
        rows.append(hidden)
    logits = torch.cat(rows) @ weights.get("lm_head.weight", embedding).T
    return logits + weights["lm_head.bias"] if "lm_head.bias" in weights else logits


def trainable(weights, dtype=torch.float32):
    return {name: value.to(dtype).clone().requires_grad_(True) for name, value in weights.items()}


def adamw(weights, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.05):
    """Decay on matrices and embeddings, none on biases and LayerNorms."""
    decayed = [w for w in weights.values() if w.dim() >= 2]
    others = [w for w in weights.values() if w.dim() < 2]
    groups = [{"params": decayed, "weight_decay": weight_decay}, {"params": others, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=lr, betas=tuple(betas), eps=eps)


def sum_of_ce(logits, targets):
    """Summed over the targets, in nats."""
    return functional.cross_entropy(logits.flatten(0, 1), targets.flatten(), reduction="sum")


def clip_gradients(weights, limit):
    """The global norm before clipping; a limit of 0 does not clip."""
    return torch.nn.utils.clip_grad_norm_(list(weights.values()), limit if limit > 0 else math.inf)


def canonical(weights, tied):
    """Names and tensors as Retort writes them, from any Hugging Face GPT-2 file: with the prefix, without buffers."""
    named = {n if n.startswith(("transformer.", "lm_head.")) else "transformer." + n: w for n, w in weights.items()}
    unused = [n for n in named if n.endswith((".attn.bias", ".attn.masked_bias"))]
    if tied:
        unused.append("lm_head.weight")
    return {name: value for name, value in named.items() if name not in unused}
