#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What SciPy says of token counts: the numbers that a test of core/analysis compares with.

    tokenizer_statistics_reference.py JSON

JSON is an array of domains, each an array of counts by id. The answer on stdout is an array with an object for each id:
`specificity`, and for each domain `evidence`, the log-likelihood ratio of a 2 × 2 table (null where an id has none)."""
import json
import sys

import numpy as np
from scipy.stats import chi2_contingency, entropy

counts = np.array(json.load(open(sys.argv[1])), dtype=float)
totals = counts.sum(axis=1)


def specificity(column):
    frequencies = column / totals
    if frequencies.sum() == 0:
        return 0.0
    return 1 - entropy(frequencies, base=len(frequencies))  # which scales to a sum of 1


def evidence(column, domain):
    here, there = column[domain], column.sum() - column[domain]
    if here + there == 0:
        return None
    table = [[here, there], [totals[domain] - here, totals.sum() - totals[domain] - there]]
    return chi2_contingency(table, correction=False, lambda_="log-likelihood")[0]


json.dump([{"specificity": specificity(column), "evidence": [evidence(column, d) for d in range(len(counts))]}
           for column in counts.T], sys.stdout)
