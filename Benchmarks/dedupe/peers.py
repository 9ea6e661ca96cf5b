#!/usr/bin/env python3
"""Near-duplicate libraries beside Rasid's Dedupe stage, on the same files in the same order.

  peers.py INBOX OUT.jsonl --peer datasketch|datasketch-ensemble|rensa [--threshold 0.5]

Writes the lines that `relations.py score` reads. The peers say only "similar to"; to give them every benefit, the kind is
named from the word counts: equal text is exact, a longer text a revision, a shorter one an excerpt, else a duplicate.
Text is folded in the same spirit as Rasid's (diacritics, tatweel, alef forms), so that the comparison is of the methods.
`pip install datasketch rensa`.
"""
import argparse
import glob
import json
import os
import re
import time

FOLD = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ـ": None, **{chr(c): None for c in range(0x64B, 0x660)}})


def words_of(path):
    data = open(path, "rb").read()
    text = data.decode("utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data.decode("utf-8")
    return re.findall(r"\w+", text.lstrip("\ufeff").translate(FOLD))


def shingles_of(words):
    return list({" ".join(words[i:i + 3]) for i in range(max(1, len(words) - 2))})


def kind_of(words, other):
    if words == other:
        return "exact"
    if len(words) > 1.15 * len(other):
        return "revision"
    if len(words) < 0.85 * len(other):
        return "excerpt"
    return "duplicate"


def datasketch_lsh(threshold):
    from datasketch import MinHash, MinHashLSH
    lsh = MinHashLSH(threshold=threshold, num_perm=128)
    known = {}

    def relate(number, shingles):
        sketch = MinHash(num_perm=128)
        sketch.update_batch([s.encode() for s in shingles])
        found = [(known[key].jaccard(sketch), -key) for key in lsh.query(sketch)]
        lsh.insert(number, sketch)
        known[number] = sketch
        return -max(found)[1] if found else None
    return relate


def rensa_lsh(threshold):
    from rensa import RMinHash, RMinHashLSH
    lsh = RMinHashLSH(threshold=threshold, num_perm=128, num_bands=32)
    known = {}

    def relate(number, shingles):
        sketch = RMinHash(num_perm=128, seed=42)
        sketch.update(shingles)
        found = [(known[key].jaccard(sketch), -key) for key in lsh.query(sketch)]
        found = [pair for pair in found if pair[0] >= threshold]
        lsh.insert(number, sketch)
        known[number] = sketch
        return -max(found)[1] if found else None
    return relate


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("inbox")
    parser.add_argument("out")
    parser.add_argument("--peer", choices=["datasketch", "rensa"], required=True)
    parser.add_argument("--threshold", type=float, default=0.5)
    options = parser.parse_args()
    paths = sorted(glob.glob(os.path.join(options.inbox, "*.txt")))
    texts = [words_of(path) for path in paths]
    shingles = [shingles_of(words) for words in texts]
    relate = {"datasketch": datasketch_lsh, "rensa": rensa_lsh}[options.peer](options.threshold)
    start = time.process_time()
    relations = [relate(number, part) for number, part in enumerate(shingles)]
    took = time.process_time() - start
    with open(options.out, "w", encoding="utf-8") as file:
        for number, other in enumerate(relations):
            relation = None if other is None else {"kind": kind_of(texts[number], texts[other]), "of": other + 1}
            line = {"seq": number + 1, "source": {"file": os.path.basename(paths[number])}, "relation": relation}
            file.write(json.dumps(line) + "\n")
    print(f"{options.peer} {options.threshold}: {len(paths) / took:.0f} reports/s")


if __name__ == "__main__":
    main()
