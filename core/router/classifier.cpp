// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/classifier.h"

#include "router/decision_tree.h"
#include "router/linear_svm.h"
#include "router/logistic.h"
#include "router/majority.h"
#include "router/naive_bayes.h"
#include "router/nearest_neighbours.h"
#include "router/random_forest.h"
#include "router/stochastic_gradient.h"

namespace retort {

std::unique_ptr<ClassifierModel> make_classifier(const RouterSpec& spec) {
    switch (spec.classifier) {
    case Classifier::multinomial_nb:
        return std::make_unique<MultinomialNaiveBayes>(spec.smoothing);
    case Classifier::complement_nb:
        return std::make_unique<ComplementNaiveBayes>(spec.smoothing);
    case Classifier::majority:
        return std::make_unique<Majority>();
    case Classifier::svm:
        return std::make_unique<LinearSvm>(spec.c);
    case Classifier::sgd:
        return std::make_unique<StochasticGradient>(spec.penalty);
    case Classifier::knn:
        return std::make_unique<NearestNeighbours>(spec.neighbours);
    case Classifier::tree:
        return std::make_unique<DecisionTree>();
    case Classifier::forest:
        return std::make_unique<RandomForest>(spec.trees);
    case Classifier::logistic:
        break;
    }
    return std::make_unique<Logistic>(spec.c);
}

} // namespace retort
