#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What scikit-learn and SciPy say of confusion matrices: the numbers that a test of core/analysis compares with.

    confusion_reference.py JSON

JSON is an object of `matrices` ({rows, columns, counts}), `losses` ({probabilities, labels}), `aucs` ({positives,
negatives}) and `intervals` ([successes, n, confidence]); the answer on stdout has the same keys, in order. A true domain
without a column is of the class "unknown". Only classes that are true or known are in the means: to abstain is no class."""
import json
import sys

import numpy as np
from scipy.stats import beta
from sklearn.metrics import accuracy_score, log_loss, precision_recall_fscore_support, roc_auc_score


def matrix(rows, columns, counts):
    truth = [row if row in columns else "unknown" for row in rows]
    pairs = [(true, said) for true, line in zip(truth, np.reshape(counts, (len(rows), -1)))
             for said, count in zip(columns, line) for _ in range(count)]
    y_true, y_said = [true for true, _ in pairs], [said for _, said in pairs]

    def scores(average, labels):
        p, r, f, support = precision_recall_fscore_support(y_true, y_said, labels=labels, average=average,
                                                           zero_division=0)
        return {"precision": np.asarray(p).tolist(), "recall": np.asarray(r).tolist(), "f1": np.asarray(f).tolist(),
                "support": None if support is None else support.tolist()}

    seen = [label for label in truth if label in y_true or label in y_said]
    return {"accuracy": accuracy_score(y_true, y_said), "classes": scores(None, truth), "macro": scores("macro", seen),
            "weighted": scores("weighted", truth)}


def auc(positives, negatives):
    return roc_auc_score([1] * len(positives) + [0] * len(negatives), positives + negatives)


def interval(k, n, confidence):
    tail = (1 - confidence) / 2
    return [0 if k == 0 else beta.ppf(tail, k, n - k + 1), 1 if k == n else beta.ppf(1 - tail, k + 1, n - k)]


asked = json.loads(sys.argv[1])
json.dump({"matrices": [matrix(**one) for one in asked["matrices"]],
           "losses": [log_loss(one["labels"], one["probabilities"], labels=range(len(one["probabilities"][0])))
                      for one in asked["losses"]],
           "aucs": [auc(**one) for one in asked["aucs"]],
           "intervals": [interval(*one) for one in asked["intervals"]]}, sys.stdout)
