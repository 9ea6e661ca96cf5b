#!/usr/bin/env python3
"""Character sets told apart: Rasid beside charset-normalizer, chardet and uchardet, on the same files.

    pip install charset-normalizer chardet python-bidi;  apt install uchardet
    compare.py --rasid .build/release/rasid --corpus FOLDER [--reports 500] [--lengths 40,100,200,1000] [--mojibake]

FOLDER holds reports, one file each: JSON objects with "title" and "text", or plain text in UTF-8. Only the reports that
letter-model.py does not count (every second one by file name, from the second) are used. Each is encoded in every set, cut
to the length in bytes, and given to each program. A reading is right when its text is the text that was written (for
CP864, which stores shapes in display order, the peers are right when they name the set). Prints Markdown.
"""
import argparse
import importlib.metadata
import json
import pathlib
import subprocess
import sys
import tempfile
import unicodedata

SETS = ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp1256", "iso8859_6", "cp720", "mac_arabic", "cp864"]

# What people wrote in a set that lacks a sign.
SUBSTITUTES = {
    "cp720": str.maketrans("،؟؛", ",?;"),
    "cp864": str.maketrans(
        {"إ": "ا", "ی": "ي", "–": "-", "’": "'", "‘": "'", "”": '"', "“": '"', "%": "٪", "…": ".", "ـ": None, "\u200f": None}
        | {chr(mark): None for mark in (*range(0x64B, 0x651), 0x652)}
    ),
}

DUAL = set("بتثجحخسشصضطظعغفقكلمنهيئ")
RIGHT = set("اأآدذرزوؤةى")


def forms_of_cp864():
    forms = {}
    for byte in range(128, 256):
        try:
            char = bytes([byte]).decode("cp864")
        except UnicodeDecodeError:
            continue
        parts = unicodedata.decomposition(char).split()
        if parts and parts[0] in ("<isolated>", "<final>", "<initial>", "<medial>"):
            forms["".join(chr(int(x, 16)) for x in parts[1:]), parts[0]] = char
    return forms


FORMS = forms_of_cp864()
ORDER = {
    (False, False): ["<isolated>", "<final>", "<initial>"],
    (False, True): ["<initial>", "<medial>", "<isolated>"],
    (True, True): ["<medial>", "<initial>", "<isolated>"],
    (True, False): ["<final>", "<isolated>", "<initial>"],
}


def shaped(line):
    """The line in the shapes that CP864 has, still in reading order."""
    out, index = [], 0
    while index < len(line):
        char = line[index]
        end = index + 1
        if char in DUAL or char in RIGHT or char == "ء":
            unit = char
            if char == "ل" and end < len(line) and (char + line[end], "<isolated>") in FORMS:
                unit, end = char + line[end], end + 1
            joins_before = index > 0 and line[index - 1] in DUAL and char != "ء"
            joins_after = unit in DUAL and end < len(line) and (line[end] in DUAL or line[end] in RIGHT)
            char = next((FORMS[unit, s] for s in ORDER[joins_before, joins_after] if (unit, s) in FORMS), char)
        out.append(char)
        index = end
    return "".join(out)


def cp864(text):
    from bidi.algorithm import get_display

    return "\n".join(get_display(shaped(line), base_dir="R") for line in text.split("\n")).encode("cp864")


def case(text, charset, length):
    """Bytes of at most `length` and the text that they hold; None when the set cannot write it."""
    text = text.translate(SUBSTITUTES.get(charset, {}))
    try:
        if charset != "cp864":
            data = text.encode(charset)[:length]
            return data, data.decode(charset, "replace")
        cut = text[:length]
        data = cp864(cut)
        if len(data) < length:  # ligatures made it shorter
            cut = text[: 2 * length - len(data)]
            data = cp864(cut)
        return data, cut
    except (UnicodeEncodeError, AssertionError):
        return None


def reports(folder):
    for path in sorted(p for p in pathlib.Path(folder).iterdir() if p.is_file())[1::2]:
        data = path.read_text(encoding="utf-8")
        if path.suffix == ".json":
            record = json.loads(data)
            data = (record.get("title") or "") + "\n" + (record.get("text") or "")
        yield data


def read_with_rasid(program, folder):
    """Text by file name, as the feed has it. A copy has no text of its own: it is that of the line it is a copy of."""
    run = subprocess.run([program, "ingest", str(folder)], capture_output=True)
    texts, by_seq = {}, {}
    for line in run.stdout.splitlines():
        record = json.loads(line)
        text = record["report"]["text"]
        if text is None:
            text = by_seq[record["relation"]["of"]]
        by_seq[record["seq"]] = text
        texts[pathlib.PurePath(record["source"]["file"]).name] = (text, record["source"]["charset"])
    return texts


def decoded(data, name):
    """What Python reads with the set that a peer names."""
    if not name:
        return None
    try:
        return data.decode(name, "replace").removeprefix("\ufeff")
    except LookupError:
        return None


def peers(paths, blobs):
    import chardet
    import charset_normalizer

    out = {}
    out["charset-normalizer"] = [getattr(charset_normalizer.from_bytes(b).best(), "encoding", None) for b in blobs]
    out["chardet"] = [chardet.detect(b)["encoding"] for b in blobs]
    names = []
    for start in range(0, len(paths), 200):
        run = subprocess.run(["uchardet", *map(str, paths[start : start + 200])], capture_output=True, text=True)
        names += [line.rsplit(": ", 1)[-1] for line in run.stdout.splitlines()]
    out["uchardet"] = [None if name == "unknown" else name for name in names]
    return out


def is_named(name, charset):
    return bool(name) and name.lower().replace("-", "").replace("_", "").removeprefix("ibm").removeprefix("cp") == charset[2:]


def share(right, total):
    return f"{100 * right / total:.2f}" if total else "–"


def compare(options):
    texts = list(reports(options.corpus))
    texts = texts[:: max(1, len(texts) // options.reports)][: options.reports]
    programs = ["rasid", "charset-normalizer", "chardet", "uchardet"]
    versions = {p: importlib.metadata.version(p) for p in ("charset-normalizer", "chardet")}
    print(f"{len(texts)} reports; charset-normalizer {versions['charset-normalizer']}, chardet {versions['chardet']}\n")
    print("| bytes | set | files | " + " | ".join(programs) + " |")
    print("|--:|:--|--:|" + "--:|" * len(programs))
    for length in options.lengths:
        sums, files = dict.fromkeys(programs, 0), 0
        for charset in SETS:
            cases = [c for c in (case(t, charset, length) for t in texts) if c]
            with tempfile.TemporaryDirectory() as folder:
                paths = [pathlib.Path(folder, f"{number:05}.txt") for number in range(len(cases))]
                for path, (data, _) in zip(paths, cases):
                    path.write_bytes(data)
                ours = read_with_rasid(options.rasid, folder)
                named = peers(paths, [data for data, _ in cases])
            right = {"rasid": sum(ours.get(p.name, (None,))[0] == text for p, (_, text) in zip(paths, cases))}
            for peer, names in named.items():
                if charset == "cp864":
                    right[peer] = sum(is_named(name, charset) for name in names)
                else:
                    right[peer] = sum(decoded(data, name) == text for name, (data, text) in zip(names, cases))
            print(f"| {length} | {charset} | {len(cases)} | " + " | ".join(share(right[p], len(cases)) for p in programs) + " |")
            files += len(cases)
            for program in programs:
                sums[program] += right[program]
        print(f"| {length} | **all** | {files} | " + " | ".join(f"**{share(sums[p], files)}**" for p in programs) + " |", flush=True)


def read_as(charset):
    """UTF-8 taken for another set; bytes that the set leaves open are read as the control of the same number."""
    table = [bytes([b]).decode(charset, "ignore") or chr(b) for b in range(256)]
    return lambda text: "".join(table[b] for b in text.encode())


def mojibake(options):
    misreadings = {name: read_as(name) for name in ("cp1252", "latin-1", "cp1256")}
    texts = list(reports(options.corpus))
    texts = texts[:: max(1, len(texts) // options.reports)][: options.reports]
    print("\n| misread as | files | whole text | second half |\n|:--|--:|--:|--:|")
    chains = [(a,) for a in misreadings] + [(a, b) for a in misreadings for b in misreadings]
    for chain in chains:
        cells = []
        for part in (False, True):
            with tempfile.TemporaryDirectory() as folder:
                expected = {}
                for number, text in enumerate(texts):
                    lines = text.split("\n")
                    good = "\n".join(lines[: len(lines) // 2]) + "\n" if part else ""
                    broken = text[len(good) :]
                    for name in chain:
                        broken = misreadings[name](broken)
                    path = pathlib.Path(folder, f"{number:05}.txt")
                    path.write_bytes((good + broken).encode())
                    expected[path.name] = text
                ours = read_with_rasid(options.rasid, folder)
                cells.append(share(sum(ours.get(n, (None,))[0] == t for n, t in expected.items()), len(expected)))
        print(f"| {', then '.join(chain)} | {len(texts)} | {cells[0]} | {cells[1]} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rasid", default=".build/release/rasid", help="the program")
    parser.add_argument("--corpus", required=True, help="folder of reports")
    parser.add_argument("--reports", type=int, default=500, help="reports per cell")
    parser.add_argument("--lengths", type=lambda s: [int(x) for x in s.split(",")], default=[40, 100, 200, 1000])
    parser.add_argument("--mojibake", action="store_true", help="measure the repair of misread text too")
    options = parser.parse_args()
    compare(options)
    if options.mojibake:
        mojibake(options)


if __name__ == "__main__":
    sys.exit(main())
