#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What SciPy says of samples, pairs and quantiles: the numbers that a test of core/analysis compares with.

    statistics_reference.py JSON

JSON is an object of `samples` (lists), `pairs` ([x, y, margin]) and `quantiles` ([p, df]); the answer on stdout has the
same keys, in order. The signed-rank p values come from every assignment of signs, because SciPy's exact ones know no
ties. Needs SciPy 1.9 or later."""
import itertools
import json
import sys

import numpy as np
from scipy import stats


def quantile(p, df):
    """SciPy's quantiles of t are right to 9 digits; its tails, to all. Newton's method makes use of them."""
    t = stats.t.ppf(p, df)
    for _ in range(3):
        excess = (1 - p) - stats.t.sf(t, df) if p > 0.5 else stats.t.cdf(t, df) - p
        t -= excess / stats.t.pdf(t, df)
    return t


def sample(values):
    values = np.array(values)
    half = quantile(0.975, len(values) - 1) * stats.sem(values)
    low, high = values.mean() - half, values.mean() + half
    boot = stats.bootstrap((values,), np.mean, n_resamples=40000, method="percentile", random_state=3)
    return {"mean": values.mean(), "sd": values.std(ddof=1), "se": stats.sem(values), "low": low, "high": high,
            "boot_low": boot.confidence_interval.low, "boot_high": boot.confidence_interval.high}


def signed_rank(differences):
    differences = differences[differences != 0]
    ranks = stats.rankdata(np.abs(differences))
    positive = ranks[differences > 0].sum()
    sums = np.array([np.dot(ranks, signs) for signs in itertools.product((0, 1), repeat=len(ranks))])
    p = min(1, 2 * min((sums <= positive).mean(), (sums >= positive).mean()))
    if len(set(ranks)) == len(ranks):
        assert np.isclose(p, stats.wilcoxon(differences, mode="exact").pvalue)
    return positive, p


def pair(x, y, margin):
    x, y = np.array(x), np.array(y)
    test = stats.ttest_rel(x, y)
    above = stats.ttest_1samp(x - y, -margin, alternative="greater").pvalue
    below = stats.ttest_1samp(x - y, margin, alternative="less").pvalue
    positive, p = signed_rank(x - y)
    return {"t": test.statistic, "p": test.pvalue, "d": (x - y).mean() / (x - y).std(ddof=1),
            "tost": max(above, below), "positive": positive, "rank_p": p}


asked = json.loads(sys.argv[1])
json.dump({"samples": [sample(values) for values in asked["samples"]],
           "pairs": [pair(*values) for values in asked["pairs"]],
           "quantiles": [quantile(p, df) for p, df in asked["quantiles"]],
           "two_sided": [2 * stats.t.sf(abs(quantile(p, df)), df) for p, df in asked["quantiles"]]}, sys.stdout)
