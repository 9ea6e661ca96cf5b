#!/usr/bin/env python3
"""Precision and recall of event clusters on pairs that were judged by reading.

  dedupe-bench clusters FEED.jsonl | score_clusters.py event-pairs.tsv
"""
import sys

cluster = {}
for line in sys.stdin:
    file, trigger, identity, _ = line.split()
    cluster[file, trigger] = identity
counts = {"same": [0, 0], "different": [0, 0]}
absent = 0
for line in open(sys.argv[1], encoding="utf-8"):
    fields = line.rstrip("\n").split("\t")
    if line.startswith("#") or fields[0] == "label":
        continue
    first, second = cluster.get((fields[1], fields[2])), cluster.get((fields[3], fields[4]))
    if first is None or second is None:
        absent += 1
        continue
    counts[fields[0]][first == second and first != "-"] += 1
linked = counts["same"][1] + counts["different"][1]
same = sum(counts["same"])
print(f"pairs: {same} same, {sum(counts['different'])} different, {absent} absent")
print(f"precision {counts['same'][1] / max(1, linked):.3f} ({counts['same'][1]}/{linked})"
      f"  recall {counts['same'][1] / max(1, same):.3f} ({counts['same'][1]}/{same})")
