// SPDX-License-Identifier: GPL-3.0-or-later
// A sequence router: a text classifier over token ids that says which domain, and so which expert, a sequence
// belongs to.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace retort {

enum class Classifier {
    logistic,       ///< multinomial logistic regression, L2, intercept free (the paper's best)
    svm,            ///< linear, squared hinge, one against the rest
    sgd,            ///< modified Huber loss by stochastic gradients, one against the rest
    multinomial_nb, ///< naive Bayes
    complement_nb,  ///< naive Bayes on each class's complement (Rennie et al. 2003)
    tree,           ///< one decision tree, Gini
    forest,         ///< random forest (Breiman 2001)
    knn,            ///< nearest neighbours by cosine
    majority        ///< always the most frequent domain: the baseline
};

/// Which token ids are features. BOS and EOS never are.
enum class RouterTokens {
    all,
    paper ///< without ids of one digit, which scikit-learn's default token pattern drops
};

/// What a decision is made for.
enum class RouterUnit {
    sequence,
    batch ///< the paper's code: all sequences of a batch are joined to one
};

/// What a router learns from, and is asked in folds.
enum class RouterCut {
    article, ///< whole articles
    window,  ///< pieces of `window` tokens
    mixed    ///< pieces of 8, 16, … `window` tokens, in turn
};

struct RouterSpec {
    Classifier classifier = Classifier::logistic;
    RouterTokens tokens = RouterTokens::all;
    RouterUnit unit = RouterUnit::sequence;
    std::int64_t batch = 32; ///< sequences of one domain that unit batch decides for together
    std::int64_t ngrams = 1; ///< longest run of tokens that is a feature
    bool sublinear = false;  ///< 1 + ln(count) instead of the count
    RouterCut cut = RouterCut::article;
    std::int64_t window = 1024;  ///< tokens
    std::int64_t longest = 1024; ///< evaluated on 8, 16, … up to this many tokens, and on whole articles
    std::int64_t folds = 0;      ///< by article, of both splits together; 0: train and valid as they are
    double c = 1.0;              ///< inverse strength of the L2 penalty of logistic and svm
    double penalty = 1e-4;       ///< L2 penalty of sgd
    double smoothing = 1.0;      ///< added to each count of naive Bayes
    std::int64_t trees = 100;    ///< of the forest
    std::int64_t neighbours = 5; ///< of knn
    double coverage =
        0.99; ///< share of sequences of known domains that is decided; the least sure are unknown
    std::vector<std::string> unknown; ///< domains that it never learns and should call unknown
    bool operator==(const RouterSpec&) const = default;
};

} // namespace retort
