#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What scikit-learn says of texts of token ids: the numbers that tests of core/router compare with.

    router_reference.py IN.json OUT.json

IN is a list of questions: `train` and `test` (lists of ids), `labels` and `test_labels`, `ask` (names of classifiers), and
`ngrams`, `sublinear`, `paper`, `rows`, `seed`, `trees`, `c` where they are not 1, false, false, 0, 0, 100 and 1. OUT has an
answer for each: with `rows`, `features` (lists of ids), `idf` and the first so many test rows as [[feature, value], ...]; and
by classifier `decisions`, `f1` (weighted), and where it has them `probabilities` and `objective`. Ids are text to
scikit-learn, so that its own tokenizer makes runs of them and, for the paper, drops those of one letter."""
import json
import sys
import warnings

import numpy as np
from sklearn import ensemble, linear_model, metrics, naive_bayes, neighbors, svm, tree
from sklearn.feature_extraction.text import TfidfVectorizer

warnings.filterwarnings("ignore", category=FutureWarning)


def classifier(name, asked):
    seed, c = asked.get("seed", 0), asked.get("c", 1)
    return {
        "logistic": lambda: linear_model.LogisticRegression(C=c, multi_class="multinomial", tol=1e-8, max_iter=10000),
        "svm": lambda: svm.LinearSVC(C=c, dual=True, tol=1e-5, max_iter=20000, random_state=seed),
        "sgd": lambda: linear_model.SGDClassifier(loss="modified_huber", random_state=seed),
        "multinomial_nb": lambda: naive_bayes.MultinomialNB(),
        "complement_nb": lambda: naive_bayes.ComplementNB(),
        "tree": lambda: tree.DecisionTreeClassifier(random_state=seed),
        "forest": lambda: ensemble.RandomForestClassifier(asked.get("trees", 100), random_state=seed),
        "knn": lambda: neighbors.KNeighborsClassifier(5, algorithm="brute"),
    }[name]()


def vectorizer(asked):
    pattern = r"(?u)\b\w\w+\b" if asked.get("paper") else r"\S+"
    return TfidfVectorizer(token_pattern=pattern, ngram_range=(1, asked.get("ngrams", 1)),
                           sublinear_tf=asked.get("sublinear", False))


def join(texts):
    return [" ".join(map(str, text)) for text in texts]


def objective(model, rows, labels, c):
    p = model.predict_proba(rows)[np.arange(len(labels)), labels]
    return -np.log(p).sum() + (model.coef_**2).sum() / (2 * c)


def distance_gap(model, train, rows):
    """Between the fifth neighbour and the sixth: where it is 0, either is right."""
    distances, _ = model.kneighbors(rows, 6)
    return (distances[:, 5] - distances[:, 4]).tolist()


def judge(name, asked, train, test):
    if name == "knn":
        train, test = train.toarray(), test.toarray()  # much faster than its distances of sparse rows
    model = classifier(name, asked).fit(train, asked["labels"])
    decisions = model.predict(test)
    answer = {"decisions": decisions.tolist(),
              "f1": metrics.f1_score(asked["test_labels"], decisions, average="weighted")}
    if hasattr(model, "predict_proba"):
        answer["probabilities"] = model.predict_proba(test).tolist()
    if name == "logistic":
        answer["objective"] = objective(model, train, asked["labels"], asked.get("c", 1))
    if name == "knn":
        answer["gap"] = distance_gap(model, train, test)
    return answer


def answer_to(asked):
    maker = vectorizer(asked)
    train, test = maker.fit_transform(join(asked["train"])), maker.transform(join(asked["test"]))
    answer = {name: judge(name, asked, train, test) for name in asked.get("ask", [])}
    if asked.get("rows"):
        answer["features"] = [[int(part) for part in name.split()] for name in maker.get_feature_names_out()]
        answer["idf"] = maker.idf_.tolist()
        answer["rows"] = [[[int(f), float(v)] for f, v in zip(row.indices, row.data)] for row in test[: asked["rows"]]]
    return answer


with open(sys.argv[1]) as file:
    questions = json.load(file)
with open(sys.argv[2], "w") as file:
    json.dump([answer_to(asked) for asked in questions], file)
