#!/usr/bin/env python3
"""train-events.py --reports FEATURES.jsonl GOLD DOCS [--reports …] [--folds N] [--out DIR]

Makes the weights of the event coder from annotated reports:
  weights-events.tsv   is this candidate an event, and which of its entry's readings
  weights-roles.tsv    is this mention its actor, recipient, place, or nothing
  weights-status.tsv   did it happen, or is it negated, planned, hypothetical
  weights-sources.tsv  is this speaker its source

FEATURES.jsonl is what `rasid features DOCS` prints, a line a report, offsets in code points. GOLD holds an annotated
report a file: {"doc", "events": [{"trigger": {"t", "n"}, "type", "actor", "recipient", "place", "status", "source"}]},
a span being the n-th occurrence of its text. --reports may be given again; reports of later sets count in the weights
and never in the figures. Features name entries of the lexicons and rules, never words of a report; a feature is kept
when it occurs in at least MIN_REPORTS reports, and weights are regularised (L2) and rounded. Needs scikit-learn.

--sentences FEATURES.jsonl --labels DIR adds single sentences of which only is known whether they report an event of one
type (assault.csv, protest.csv; row n is the file <type>-<n>.txt): the candidates of a plain "no" count a little as none,
the likeliest of a "yes" as one. They come from other outlets and years, and teach what is opinion or another sense.

With --folds the figures are of reports of the first set that the weights were not made from (whole reports are held
out); for roles, status and sources the events are given.
"""
import argparse
import collections
import csv
import json
import os

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

MIN_REPORTS = 4
SENTENCE_YES, SENTENCE_NO = 1.0, 0.3
FIRST_SET = 2  # how often a report of the first set counts: the others were annotated after its example
ROLES = ["none", "actor", "recipient", "place"]
STATUSES = ["actual", "negated", "planned", "hypothetical"]

Row = collections.namedtuple("Row", "features label group")


class Report:
    """The rows of one annotated report for each table; `wanted` counts what a perfect coder would find."""

    def __init__(self, file):
        self.file = file
        self.rows = {"events": [], "roles": [], "status": [], "sources": []}
        self.wanted = collections.Counter()


def locate(text, span):
    """(start, end) of a gold span: the n-th occurrence of its text."""
    at = -1
    for _ in range(span.get("n", 1)):
        at = text.find(span["t"], at + 1)
    return at, at + len(span["t"])


def overlap(gold, own):
    """As the scorer counts a match."""
    shared = min(gold[1], own[1]) - max(gold[0], own[0])
    wide, narrow = own[1] - own[0], gold[1] - gold[0]
    return shared > 0 and 2 * shared >= min(wide, narrow) and wide <= max(3 * narrow, narrow + 15)


def read(features, gold_folder, documents):
    gold = {}
    for name in os.listdir(gold_folder):
        if name.endswith(".json"):
            item = json.load(open(os.path.join(gold_folder, name), encoding="utf-8"))
            gold[os.path.basename(item["doc"])] = item
    reports = []
    for line in open(features, encoding="utf-8"):
        record = json.loads(line)
        if record["file"] in gold:
            text = open(os.path.join(documents, record["file"]), encoding="utf-8").read()
            reports.append(read_report(record, gold[record["file"]]["events"], text))
    return reports


def read_report(record, gold_events, text):
    report = Report(record["file"])
    events = [(locate(text, e["trigger"]), e) for e in gold_events]
    report.wanted["events"] = len(events)
    report.wanted["roles"] = sum(len(e[role]) for _, e in events for role in ROLES[1:])
    for number, item in enumerate(record["items"]):
        found = [e for where, e in events if overlap(where, item["trigger"])]
        for reading in item["readings"]:
            label = int(any(e["type"] == reading["type"] for e in found))
            report.rows["events"].append(Row(reading["f"], label, tuple(item["trigger"])))
        match = next((e for e in found if any(e["type"] == r["type"] for r in item["readings"])), None)
        if match is not None:
            read_event(report, item, match, text, number)
    return report


def read_event(report, item, match, text, number):
    reading = next(r for r in item["readings"] if r["type"] == match["type"])
    report.rows["status"].append(Row(reading["s"], STATUSES.index(match["status"]), number))
    wanted = {role: [locate(text, s) for s in match[role]] for role in ROLES[1:]}
    for pair in item["pairs"]:
        label = 0
        for role in ROLES[1:]:
            if (role != "place" or pair["kind"] == "place") and any(overlap(s, pair["span"]) for s in wanted[role]):
                label = ROLES.index(role)
                break
        report.rows["roles"].append(Row(pair["f"], label, number))
    source = locate(text, match["source"]) if match["source"] else None
    report.wanted["sources"] += source is not None
    for speaker in item["speakers"]:
        label = int(source is not None and overlap(source, speaker["span"]))
        report.rows["sources"].append(Row(speaker["f"], label, number))


def read_sentences(options):
    """[(label, [features of the readings of the type asked for])] of labelled sentences."""
    if not options.sentences:
        return []
    csv.field_size_limit(10 ** 9)
    labels = {}
    for kind in ("assault", "protest"):
        with open(os.path.join(options.labels, kind + ".csv"), encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file)):
                labels[f"{kind}-{number:05}.txt"] = (kind.upper(), row["label"])
    sentences = []
    for line in open(options.sentences, encoding="utf-8"):
        record = json.loads(line)
        kind, label = labels[record["file"]]
        features = [r["f"] for item in record["items"] for r in item["readings"] if r["type"] == kind]
        if features and label in ("yes", "easy no"):
            sentences.append((label, features))
    return sentences


class Model:
    """A logistic regression over feature names."""

    def __init__(self, reports, table, c):
        """`reports` may name one more than once: it counts as often."""
        seen = collections.Counter()
        for report in reports:
            seen.update({f for row in report.rows[table] for f in row.features})
        self.names = sorted(f for f, count in seen.items() if count >= MIN_REPORTS)
        self.column = {f: i for i, f in enumerate(self.names)}
        # The intercept is a feature like any other: `type:…`, `kind:…` are always there.
        self.regression = LogisticRegression(C=c, max_iter=2000, fit_intercept=False)
        rows = [row for report in reports for row in report.rows[table]]
        self.features = [row.features for row in rows]
        self.labels = [row.label for row in rows]
        self.regression.fit(self.matrix(self.features), self.labels)

    def matrix(self, rows):
        columns, starts = [], [0]
        for features in rows:
            columns.extend(sorted({self.column[f] for f in features if f in self.column}))
            starts.append(len(columns))
        return csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(rows), len(self.names)))

    def add_sentences(self, sentences):
        """Fits again with labelled sentences as weak evidence."""
        if not sentences:
            return
        features, labels, weights = list(self.features), list(self.labels), [1.0] * len(self.labels)
        for label, readings in sentences:
            if label == "yes":
                chosen, target, weight = [readings[int(self.scores(readings).argmax())]], 1, SENTENCE_YES
            else:
                chosen, target, weight = readings, 0, SENTENCE_NO
            features += chosen
            labels += [target] * len(chosen)
            weights += [weight] * len(chosen)
        self.regression.fit(self.matrix(features), labels, sample_weight=weights)

    def scores(self, rows):
        return self.matrix(rows) @ self.regression.coef_[0]

    def guesses(self, rows):
        return self.regression.predict(self.matrix(rows))

    def weights(self, classes):
        """[(feature or feature:class, weight)]; `classes` of a table with several, the first being the one to compare with."""
        if not classes:
            return zip(self.names, self.regression.coef_[0])
        against = self.regression.coef_[0]
        return ((f"{name}:{label}", weight) for index, label in enumerate(classes[1:], 1)
                for name, weight in zip(self.names, self.regression.coef_[index] - against))


def chosen(report, table, model, threshold):
    """(right, spurious): of the rows of a group the likeliest, if it is above the threshold."""
    rows = report.rows[table]
    best = {}
    for score, row in zip(model.scores([r.features for r in rows]) if rows else [], rows):
        if score > threshold and (row.group not in best or score > best[row.group][0]):
            best[row.group] = (score, row.label)
    right = sum(label for _, label in best.values())
    return np.array([right, len(best) - right])


def guessed(report, table, model, without):
    """(right, spurious) of rows that are guessed to be of a class other than `without`."""
    rows = report.rows[table]
    guesses = model.guesses([r.features for r in rows]) if rows else []
    given = [(g == row.label) for g, row in zip(guesses, rows) if g != without]
    return np.array([sum(given), len(given) - sum(given)])


TABLES = {
    "events": (None, "a candidate is an event of a type", lambda r, m, o: chosen(r, "events", m, o.events_threshold)),
    "roles": (ROLES, "a mention is actor, recipient or place of an event", lambda r, m, o: guessed(r, "roles", m, 0)),
    "status": (STATUSES, "an event is negated, planned or hypothetical", lambda r, m, o: guessed(r, "status", m, None)),
    "sources": (None, "a speaker whose words may cover an event is its source",
                lambda r, m, o: chosen(r, "sources", m, o.sources_threshold)),
}


def fit(sets, table, options, sentences):
    reports = sets[0] * FIRST_SET + [r for s in sets[1:] for r in s]
    model = Model(reports, table, getattr(options, table + "_c"))
    if table == "events":
        model.add_sentences(sentences)
    return model


def print_figures(table, sets, options, sentences):
    totals, wanted = np.zeros(2), 0
    for fold in range(options.folds):
        held = [r for i, r in enumerate(sets[0]) if i % options.folds == fold]
        kept = [r for i, r in enumerate(sets[0]) if i % options.folds != fold]
        model = fit([kept, *sets[1:]], table, options, sentences)
        for report in held:
            totals += TABLES[table][2](report, model, options)
            wanted += report.wanted[table] if table != "status" else len(report.rows["status"])
    right, spurious = totals
    print(f"{table}: p {right / (right + spurious):.3f} r {right / wanted:.3f} f1 {2 * right / (right + spurious + wanted):.3f}")


def write(table, model, options):
    classes, what, _ = TABLES[table]
    least = options.sources_least if table == "sources" else options.least
    rows = [(name, weight) for name, weight in model.weights(classes) if abs(weight) >= least]
    with open(os.path.join(options.out, f"weights-{table}.tsv"), "w", encoding="utf-8") as out:
        out.write(f"# Evidence that {what}. Made by Lexicon/Scripts/train-events.py; edit with care.\n"
                  "# feature: template:symbol:symbol, symbols of the lexicons and rules"
                  + (f"; the class comes last, against {classes[0]}" if classes else "")
                  + ". weight: added to the logit.\nfeature\tweight\n")
        for name, weight in sorted(rows):
            out.write(f"{name}\t{weight:.2f}\n")
    print(len(rows), f"weights-{table}.tsv")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", nargs=3, action="append", required=True, metavar=("FEATURES", "GOLD", "DOCS"))
    parser.add_argument("--out")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--events-c", type=float, default=0.3)
    parser.add_argument("--roles-c", type=float, default=0.1)
    parser.add_argument("--status-c", type=float, default=0.3)
    parser.add_argument("--sources-c", type=float, default=0.15)
    parser.add_argument("--sentences")
    parser.add_argument("--labels")
    parser.add_argument("--events-threshold", type=float, default=-0.6, help="the coder's, for the figures")
    parser.add_argument("--sources-threshold", type=float, default=-0.6, help="the coder's, for the figures")
    parser.add_argument("--least", type=float, default=0.2, help="weights below are left out")
    parser.add_argument("--sources-least", type=float, default=0.1, help="the same for sources, whose weights are smaller")
    options = parser.parse_args()
    sets = [read(*paths) for paths in options.reports]
    sentences = read_sentences(options)
    for table in TABLES:
        if options.folds:
            print_figures(table, sets, options, sentences)
        if options.out:
            write(table, fit(sets, table, options, sentences), options)


if __name__ == "__main__":
    main()
