#!/usr/bin/env python3
"""Precision and recall of event clusters on pairs that were judged by reading.

  dedupe-bench clusters FEED.jsonl | score_clusters.py event-pairs.tsv
"""
import sys

cluster = {}
for line in sys.stdin:
    file, trigger, identity, _ = line.split()
    cluster[file, trigger] = identity
sets = {}
for line in open(sys.argv[1], encoding="utf-8"):
    fields = line.rstrip("\n").split("\t")
    if line.startswith("#") or fields[0] == "label":
        continue
    counts = sets.setdefault(fields[5], {"same": [0, 0], "different": [0, 0], "absent": 0})
    first, second = cluster.get((fields[1], fields[2])), cluster.get((fields[3], fields[4]))
    if first is None or second is None:
        counts["absent"] += 1
        continue
    counts[fields[0]][0] += 1
    isLinked = first == second and first != "-"
    counts[fields[0]][1] += isLinked
    if "-v" in sys.argv and isLinked != (fields[0] == "same"):
        print("wrong:", *fields)
for name, counts in sets.items():
    (same, right), (different, wrong) = counts["same"], counts["different"]
    print(f"{name}: {same} same, {different} different, {counts['absent']} absent;"
          f" precision {right / max(1, right + wrong):.3f} ({right}/{right + wrong})"
          f" recall {right / max(1, same):.3f} ({right}/{same})")
