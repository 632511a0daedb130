#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run forgot, worked out anew: the numbers that a test of core/analysis compares with.

    forgetting_reference.py JSON

JSON is a list of runs of n stages: `loss` and `accuracy` (n lists of n: after stage i, on domain j), `random_loss`,
`random_accuracy`, `unigram_loss` and `joint_loss` (lists of n). The answer on stdout is a list of objects of means.

Avalanche's metrics are told here as it comes by them, by a plug-in that hears of every evaluation: it keeps, of each
experience, the first value after its own training, the last value of any later evaluation, and the value just before
its training. Mammoth's are array formulas."""
import json
import sys

import numpy as np


class AvalanchePlugin:
    def __init__(self, at_first):
        self.at_first = dict(enumerate(at_first))
        self.initial, self.last, self.previous = {}, {}, {}

    def evaluate(self, trained, accuracies):
        self.last = {}
        for experience, accuracy in enumerate(accuracies):
            if experience == trained:
                self.initial[experience] = accuracy
            else:
                self.last[experience] = accuracy
            if experience == trained + 1:
                self.previous[experience] = accuracy

    def forgetting(self):
        return {k: self.initial[k] - self.last[k] for k in self.initial.keys() & self.last.keys()}

    def forward_transfer(self):
        return {k: self.previous[k] - self.at_first[k] for k in self.previous}


def avalanche(accuracy, at_first):
    plugin = AvalanchePlugin(at_first)
    for trained, row in enumerate(accuracy):
        plugin.evaluate(trained, row)
    forgetting = plugin.forgetting()
    return {"stream_forgetting": np.mean(list(forgetting.values())),
            "stream_bwt": np.mean([-value for value in forgetting.values()]),
            "stream_forward_transfer": np.mean(list(plugin.forward_transfer().values())),
            "experience_forgetting": [forgetting.get(k) for k in range(len(accuracy))]}


def mammoth(accuracy, at_first):
    before_last = slice(None, -1)
    return {"backward_transfer": np.mean((accuracy[-1] - np.diag(accuracy))[before_last]),
            "forward_transfer": np.mean(np.diag(accuracy, k=1) - at_first[1:]),
            "forgetting": np.mean((accuracy.max(axis=0) - accuracy[-1])[before_last])}


def losses(run):
    loss = np.array(run["loss"])
    # Of column j the rows before j do not count: they are what was never learned.
    since_learned = np.where(np.tri(len(loss), dtype=bool), loss, np.inf)[:-1, :-1]
    before = np.diag(loss, k=1)
    return {"forgetting": np.mean(loss[-1, :-1] - since_learned.min(axis=0)),
            "forgetting_without_stages": np.mean(loss[-1] - loss[:-1].min(axis=0)),
            "backward": np.mean((np.diag(loss) - loss[-1])[:-1]),
            "forward": np.mean(np.array(run["random_loss"])[1:] - before),
            "forward_unigram": np.mean(np.array(run["unigram_loss"])[1:] - before),
            "intransigence": np.mean(np.diag(loss) - np.array(run["joint_loss"]))}


def judged(run):
    accuracy, at_first = np.array(run["accuracy"]), np.array(run["random_accuracy"])
    return losses(run) | {"avalanche": avalanche(accuracy, at_first), "mammoth": mammoth(accuracy, at_first)}


json.dump([judged(run) for run in json.loads(sys.argv[1])], sys.stdout)
