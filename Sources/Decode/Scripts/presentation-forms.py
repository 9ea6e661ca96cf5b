#!/usr/bin/env python3
"""Makes Repair/PresentationForms+Table.swift from the Unicode data that this Python carries.

    presentation-forms.py > Sources/Decode/Repair/PresentationForms+Table.swift

The compatibility decompositions of Arabic Presentation Forms A and B, without the word ligatures and signs that are
letters of good text (U+FD3E, U+FD3F, U+FDFA ...; the name of God, U+FDF2, is what shaping programs make of four letters), and without forms that stand for a space with a mark.
"""
import unicodedata

SHAPES = {"<isolated>": 0, "<final>": 1, "<initial>": 2, "<medial>": 3}

print("// Made by Sources/Decode/Scripts/presentation-forms.py; do not edit.")
print(f"// Source: Unicode Character Database {unicodedata.unidata_version}, compatibility decompositions.")
print()
print("extension PresentationForms {")
print("  /// Six numbers a form: code point, shape (0 isolated, 1 final, 2 initial, 3 medial), up to four letters.")
print("  static let rows: [UInt16] = [")
for point in [*range(0xFB50, 0xFDF0), 0xFDF2, *range(0xFE70, 0xFEFD)]:
    parts = unicodedata.decomposition(chr(point)).split()
    if not parts or parts[0] not in SHAPES:
        continue
    letters = [int(x, 16) for x in parts[1:]]
    if len(letters) > 4:
        continue
    if letters[0] in (0x20, 0x640):  # a mark on its own or on a line: the mark
        letters = letters[1:]
    letters += [0] * (4 - len(letters))
    print("    " + ", ".join(f"0x{x:04X}" if i != 1 else str(x) for i, x in enumerate([point, SHAPES[parts[0]], *letters])) + ",")
print("  ]")
print("}")
