#!/usr/bin/env python3
"""Makes Charset/LetterModel+Table.swift: how likely one Arabic sign is after another.

    letter-model.py CORPUS_FOLDER > Sources/Decode/Charset/LetterModel+Table.swift

Counts pairs of letter classes in every second report (by sorted file name, the first, third, ... one), so that the other
half stays unseen and can be used to measure. A report is a JSON object with "title" and "text", or a plain text file.
Only the statistics leave this script, no text.
"""
import json
import math
import pathlib
import sys

SPACE, PUNCT, DIGIT, LATIN, MARK, OTHER, CONTROL, EXTENDED = range(8)
LETTERS = [c for c in range(0x621, 0x64B) if not 0x63B <= c <= 0x640]
CLASSES = 8 + len(LETTERS)
STEP = 0.15  # nats per unit of the table
LETTER_CLASS = {c: 8 + i for i, c in enumerate(LETTERS)}


def class_of(c):
    """The class of a code point; the same as LetterModel.classOf in Swift."""
    if c in LETTER_CLASS:
        return LETTER_CLASS[c]
    if c in (0x20, 0x09, 0x0A, 0x0D, 0xA0):
        return SPACE
    if c < 0x20 or 0x7F <= c < 0xA0:
        return CONTROL
    if 0x30 <= c <= 0x39 or 0x660 <= c <= 0x669:
        return DIGIT
    if 0x41 <= c <= 0x5A or 0x61 <= c <= 0x7A:
        return LATIN
    if c < 0x80 or c in (0xAB, 0xBB, 0x60C, 0x61B, 0x61F, 0x66A) or 0x2010 <= c <= 0x2026:
        return PUNCT
    if 0x64B <= c <= 0x652 or c in (0x640, 0x670):
        return MARK
    if c in (0x200C, 0x200D, 0x200E, 0x200F):
        return MARK
    if 0x671 <= c <= 0x6D3:
        return EXTENDED
    return OTHER


def text_of(path):
    data = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        record = json.loads(data)
        return (record.get("title") or "") + "\n" + (record.get("text") or "")
    return data


def main():
    files = sorted(p for p in pathlib.Path(sys.argv[1]).iterdir() if p.is_file())[::2]
    counts = [[0] * CLASSES for _ in range(CLASSES)]
    for path in files:
        before = SPACE
        for char in text_of(path):
            now = class_of(ord(char))
            counts[before][now] += 1
            before = now
    rows = []
    for row in counts:
        total = sum(row) + 0.5 * CLASSES
        rows.append("".join(chr(48 + min(63, round(-math.log((n + 0.5) / total) / STEP))) for n in row))
    print("// Made by Sources/Decode/Scripts/letter-model.py; do not edit.")
    print(f"// Source: pairs of signs in {len(files)} Arabic news reports (every second report of the development corpus).")
    print()
    print("extension LetterModel {")
    print("  /// Row: the class before; column: the class after. A character is `48 + units`, a unit −0.15 nats, at most 63.")
    print('  static let table: StaticString = #"""')
    for row in rows:
        print("    " + row)
    print('    """#')
    print("}")


main()
