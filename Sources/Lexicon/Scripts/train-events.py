#!/usr/bin/env python3
"""train-events.py FEATURES.jsonl --gold DIR --docs DIR --out DIR [--folds N] [--events-c C] [--roles-c C]

Makes the weights of the event coder from annotated reports: weights-events.tsv (is this candidate an event, and which of
its entry's readings) and weights-roles.tsv (is this mention its actor, recipient, place, or nothing).

FEATURES.jsonl holds a line a report: {"file", "items": [{"trigger": [start, end], "entry", "readings": [{"type", "f", "s"}],
"pairs": [{"span", "kind", "f"}]}]}, offsets in code points, as `EventCoder.trainingRecord` gives them. Features name
entries of the lexicons and rules, never words of a report; a feature is kept when it occurs in at least MIN_REPORTS
reports, and weights are regularised (L2) and rounded. Needs scikit-learn.

--sentences FEATURES.jsonl --labels DIR adds single sentences of which only is known whether they report an event of one
type (assault.csv, protest.csv; row n is the file <type>-<n>.txt): the candidates of a plain "no" count a little as none,
the likeliest of a "yes" as one. They come from other outlets and years, and teach what is opinion or another sense.

With --folds the figures are of reports that the weights were not made from (whole reports are held out).
"""
import argparse
import collections
import csv
import json
import os

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

MIN_REPORTS = 3
SENTENCE_YES, SENTENCE_NO = 0.3, 0.1
ROLES = ["none", "actor", "recipient", "place"]
STATUSES = ["actual", "negated", "planned", "hypothetical"]


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


def read(options):
    """Per report: event rows (features, label, group), role rows and status rows (features, label)."""
    reports = []
    gold = {}
    for name in os.listdir(options.gold):
        if name.endswith(".json"):
            item = json.load(open(os.path.join(options.gold, name), encoding="utf-8"))
            gold[os.path.basename(item["doc"])] = item
    for line in open(options.features, encoding="utf-8"):
        record = json.loads(line)
        if record["file"] not in gold:
            continue
        text = open(os.path.join(options.docs, record["file"]), encoding="utf-8").read()
        events = [(locate(text, e["trigger"]), e) for e in gold[record["file"]]["events"]]
        event_rows, role_rows, status_rows = [], [], []
        for number, item in enumerate(record["items"]):
            found = [e for where, e in events if overlap(where, item["trigger"])]
            for index, reading in enumerate(item["readings"]):
                label = any(e["type"] == reading["type"] for e in found)
                event_rows.append((reading["f"], label, (number, tuple(item["trigger"])), reading["type"], index))
            match = next((e for e in found if any(e["type"] == r["type"] for r in item["readings"])), None)
            if match is None:
                continue
            reading = next(r for r in item["readings"] if r["type"] == match["type"])
            status_rows.append((reading["s"], STATUSES.index(match["status"])))
            wanted = {role: [locate(text, s) for s in match[role]] for role in ROLES[1:]}
            for pair in item["pairs"]:
                label = 0
                for role in ROLES[1:]:
                    if role == "place" and pair["kind"] != "place":
                        continue
                    if any(overlap(span, pair["span"]) for span in wanted[role]):
                        label = ROLES.index(role)
                        break
                role_rows.append((pair["f"], label))
        reports.append((record["file"], event_rows, role_rows, len(events),
                        {role: sum(len(e[role]) for _, e in events) for role in ROLES[1:]}, status_rows))
    return reports


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


def fit_events(reports, sentences, c):
    """As fit, with labelled sentences as weak evidence."""
    space, model = fit(reports, lambda r: r[1], c)
    if not sentences:
        return space, model
    rows = [row for report in reports for row in report[1]]
    features, labels = [row[0] for row in rows], [int(row[1]) for row in rows]
    weights = [1.0] * len(rows)
    for label, readings in sentences:
        if label == "yes":
            scores = space.matrix([(f,) for f in readings]) @ model.coef_[0]
            chosen, target, weight = [readings[int(scores.argmax())]], 1, SENTENCE_YES
        else:
            chosen, target, weight = readings, 0, SENTENCE_NO
        features += chosen
        labels += [target] * len(chosen)
        weights += [weight] * len(chosen)
    model.fit(space.matrix([(f,) for f in features]), labels, sample_weight=weights)
    return space, model


class Space:
    """Feature names to columns, of those in enough reports."""

    def __init__(self, reports, rows_of):
        seen = collections.Counter()
        for report in reports:
            seen.update({f for row in rows_of(report) for f in row[0]})
        self.names = sorted(f for f, count in seen.items() if count >= MIN_REPORTS)
        self.column = {f: i for i, f in enumerate(self.names)}

    def matrix(self, rows):
        data, columns, starts = [], [], [0]
        for row in rows:
            known = {self.column[f] for f in row[0] if f in self.column}
            columns.extend(sorted(known))
            starts.append(len(columns))
        data = np.ones(len(columns))
        return csr_matrix((data, columns, starts), shape=(len(rows), len(self.names)))


def fit(reports, rows_of, c):
    space = Space(reports, rows_of)
    rows = [row for report in reports for row in rows_of(report)]
    # The intercept is a feature like any other: `type:…`, `kind:…` are always there.
    model = LogisticRegression(C=c, max_iter=2000, fit_intercept=False)
    model.fit(space.matrix(rows), [int(row[1]) for row in rows])
    return space, model


def event_figures(reports, space, model, shift=0.0):
    hit = spurious = wanted = 0
    for _, rows, _, total, _, _ in reports:
        wanted += total
        if not rows:
            continue
        scores = space.matrix(rows) @ model.coef_[0]
        best = {}
        for score, row in zip(scores, rows):
            key = row[2][1]
            if score > shift and (key not in best or score > best[key][0]):
                best[key] = (score, row[1])
        hit += sum(bool(label) for _, label in best.values())
        spurious += sum(not label for _, label in best.values())
    return hit, spurious, wanted


def role_figures(reports, space, model):
    hit = spurious = wanted = 0
    for _, _, rows, _, totals, _ in reports:
        if rows:
            guess = model.predict(space.matrix(rows))
            hit += sum(g == row[1] and g != 0 for g, row in zip(guess, rows))
            spurious += sum(g != row[1] and g != 0 for g, row in zip(guess, rows))
        wanted += sum(totals.values())
    return hit, spurious, wanted


def status_figures(reports, space, model):
    hit = wrong = 0
    for report in reports:
        rows = report[5]
        if rows:
            guess = model.predict(space.matrix(rows))
            hit += sum(g == row[1] for g, row in zip(guess, rows))
            wrong += sum(g != row[1] for g, row in zip(guess, rows))
    return hit, wrong, hit + wrong


def f1(hit, spurious, wanted):
    return 2 * hit / (hit + spurious + wanted) if hit else 0.0


def write(path, comment, rows):
    with open(path, "w", encoding="utf-8") as out:
        out.write(comment)
        out.write("feature\tweight\n")
        for name, weight in sorted(rows):
            out.write(f"{name}\t{weight:.2f}\n")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("features")
    options.add_argument("--gold", required=True)
    options.add_argument("--docs", required=True)
    options.add_argument("--out")
    options.add_argument("--folds", type=int, default=0)
    options.add_argument("--events-c", type=float, default=0.3)
    options.add_argument("--roles-c", type=float, default=0.1)
    options.add_argument("--status-c", type=float, default=0.3)
    options.add_argument("--sentences")
    options.add_argument("--labels")
    options.add_argument("--shift", type=float, default=-1.1, help="the coder's threshold, for the figures")
    options.add_argument("--least", type=float, default=0.15, help="weights below are left out")
    options = options.parse_args()
    reports = read(options)
    sentences = read_sentences(options)
    of_events, of_roles, of_status = (lambda r: r[1]), (lambda r: r[2]), (lambda r: r[5])
    if options.folds:
        for name, rows_of, c, figures in (("events", of_events, options.events_c, event_figures),
                                          ("roles", of_roles, options.roles_c, role_figures),
                                          ("status", of_status, options.status_c, status_figures)):
            total = np.zeros(3)
            for fold in range(options.folds):
                train = [r for i, r in enumerate(reports) if i % options.folds != fold]
                test = [r for i, r in enumerate(reports) if i % options.folds == fold]
                if name == "events":
                    space, model = fit_events(train, sentences, c)
                    total += figures(test, space, model, options.shift)
                else:
                    space, model = fit(train, rows_of, c)
                    total += figures(test, space, model)
            print(f"{name}: p {total[0] / (total[0] + total[1]):.3f} r {total[0] / total[2]:.3f} f1 {f1(*total):.3f}")
    if options.out:
        space, model = fit_events(reports, sentences, options.events_c)
        rows = [(n, w) for n, w in zip(space.names, model.coef_[0]) if abs(w) >= options.least]
        write(os.path.join(options.out, "weights-events.tsv"),
              "# Evidence that a candidate is an event of a type. Made by Lexicon/Scripts/train-events.py; edit with care.\n"
              "# feature: template:symbol:symbol, symbols of the lexicons and rules. weight: added to the logit.\n", rows)
        print(len(rows), "event weights")
        for name, rows_of, c, classes, what in (
                ("weights-roles.tsv", of_roles, options.roles_c, ROLES, "a mention is actor, recipient or place of an event"),
                ("weights-status.tsv", of_status, options.status_c, STATUSES,
                 "an event is negated, planned or hypothetical")):
            space, model = fit(reports, rows_of, c)
            rows = []
            for index, label in enumerate(classes[1:], 1):
                for feature, weight in zip(space.names, model.coef_[index] - model.coef_[0]):
                    if abs(weight) >= options.least:
                        rows.append((f"{feature}:{label}", weight))
            write(os.path.join(options.out, name),
                  f"# Evidence that {what}. Made by Lexicon/Scripts/train-events.py.\n"
                  f"# feature: template:symbols:class. weight: added to the logit of the class, against {classes[0]}.\n", rows)
            print(len(rows), name)


if __name__ == "__main__":
    main()
