#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Alternatives beside each other, worked out anew: the numbers that a test of core/analysis compares with.

    remedy_reference.py JSON

JSON has `costs`, a list of pairs, and `orders`, a list of lists of numbers: of the seeds of each order. The answer on
stdout has `front`, the places of the pairs that no other dominates, and the spreads over orders and seeds. Those over
seeds come from a one-way analysis of variance: the root of its residual mean square."""
import json
import sys

import numpy as np


def front(costs):
    costs = np.array(costs)
    dominated = [np.any(np.all(costs <= cost, axis=1) & np.any(costs < cost, axis=1)) for cost in costs]
    kept = np.flatnonzero(~np.array(dominated))
    return sorted(kept.tolist(), key=lambda place: tuple(costs[place]))


def residual_deviation(orders):
    values = np.concatenate(orders)
    design = np.zeros((len(values), len(orders)))
    design[np.arange(len(values)), np.repeat(np.arange(len(orders)), [len(order) for order in orders])] = 1
    residual = values - design @ np.linalg.lstsq(design, values, rcond=None)[0]
    return np.sqrt(residual @ residual / (len(values) - len(orders)))


def main():
    question = json.loads(sys.argv[1])
    orders = [np.array(order) for order in question["orders"]]
    means = [order.mean() for order in orders]
    print(json.dumps({"front": front(question["costs"]),
                      "orders_range": np.ptp(means), "orders_deviation": np.std(means, ddof=1),
                      "seeds_range": np.mean([np.ptp(order) for order in orders]),
                      "seeds_deviation": residual_deviation(orders)}))


if __name__ == "__main__":
    main()
