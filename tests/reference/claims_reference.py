#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What SciPy says of the tests of claims: the numbers and verdicts that a test of core/analysis compares with.

    claims_reference.py JSON

JSON is a list of claims, each a list of tests: `kind`, `x` (a value for each seed), `y` (of the reference; of at_most
and at_least one number), `margin` of alike. The answer on stdout has a list for each claim. Needs SciPy 1.9 or later."""
import json
import sys

import numpy as np
from scipy import stats


def interval(values):
    return stats.t.interval(0.95, len(values) - 1, loc=np.mean(values), scale=stats.sem(values))


def alike(x, y, margin):
    low, high = interval(x - y)
    p = max(stats.ttest_1samp(x - y, -margin, alternative="greater").pvalue,
            stats.ttest_1samp(x - y, margin, alternative="less").pvalue)
    verdict = "contradicted" if low > margin or high < -margin else "supported" if p < 0.05 else "undecided"
    return {"p": p, "verdict": verdict}


def bound(kind, values, value):
    low, high = interval(values)
    sides = {"at_most": high <= value, "at_least": low >= value}
    against = {"at_most": low > value, "at_least": high < value}
    verdict = "supported" if sides[kind] else "contradicted" if against[kind] else "undecided"
    return {"p": stats.ttest_1samp(values, value).pvalue, "verdict": verdict}


def holm(p):
    """Step down: the k-th smallest of m times m - k, never below the one before."""
    order = np.argsort(p)
    adjusted = np.maximum.accumulate([min(1, (len(p) - k) * p[i]) for k, i in enumerate(order)])
    return dict(zip(order.tolist(), adjusted.tolist()))


def directed(kind, x, y, p):
    falls = np.mean(x) < np.mean(y)
    verdict = "undecided" if p >= 0.05 else "supported" if falls == (kind == "lower") else "contradicted"
    return {"p": p, "verdict": verdict}


def judged(tests):
    family = [i for i, test in enumerate(tests) if test["kind"] in ("lower", "higher")]
    adjusted = holm([stats.ttest_rel(tests[i]["x"], tests[i]["y"]).pvalue for i in family])
    answers = []
    for i, test in enumerate(tests):
        x, y = np.array(test["x"]), np.array(test["y"])
        if test["kind"] == "alike":
            answer = alike(x, y, test["margin"])
        elif i in family:
            answer = directed(test["kind"], x, y, adjusted[family.index(i)])
        else:
            answer = bound(test["kind"], x, test["y"])
        shown = x if y.ndim == 0 else x - y
        low, high = interval(shown)
        answers.append(answer | {"effect": np.mean(shown), "low": low, "high": high})
    return answers


json.dump([judged(tests) for tests in json.loads(sys.argv[1])], sys.stdout)
