# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads and writes safetensors files with json, struct and torch alone: F32, F64, BF16, I32 and I64.

A file is the length of its header (8 bytes, little-endian), the header (JSON: name -> dtype, shape, data_offsets
from the end of the header), and the tensors' bytes. torch 1.13 and later."""
import json
import struct

import torch

TYPES = {
    "F32": torch.float32,
    "F64": torch.float64,
    "BF16": torch.bfloat16,
    "I32": torch.int32,
    "I64": torch.int64,
}
NAMES = {dtype: name for name, dtype in TYPES.items()}


def load(path):
    """Name -> tensor, in the file's order of names."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = bytearray(file.read())
    header.pop("__metadata__", None)
    return {name: _tensor(entry, data) for name, entry in header.items()}


def _tensor(entry, data):
    begin, end = entry["data_offsets"]
    if begin == end:
        return torch.empty(entry["shape"], dtype=TYPES[entry["dtype"]])
    return torch.frombuffer(data[begin:end], dtype=TYPES[entry["dtype"]]).reshape(entry["shape"])


def save(path, tensors):
    header, parts, offset = {}, [], 0
    for name, tensor in tensors.items():
        raw = _bytes(tensor)
        header[name] = {
            "dtype": NAMES[tensor.dtype],
            "shape": list(tensor.shape),
            "data_offsets": [offset, offset + len(raw)],
        }
        parts.append(raw)
        offset += len(raw)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(parts))


def _bytes(tensor):
    tensor = tensor.detach().cpu().contiguous()
    if tensor.dtype == torch.bfloat16:  # numpy has none; two bytes each, as they are
        tensor = tensor.view(torch.int16)
    return tensor.numpy().tobytes()
