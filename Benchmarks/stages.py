"""What each stage costs a report: speed and allocations by the program in Benchmarks/stages, instructions by callgrind."""
import os
import re
import shutil
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
LEXICONS = os.path.join(os.path.dirname(HERE), "Sources", "Lexicon", "Data")
PACKAGE = os.path.join(HERE, "stages")
COUNTED, FEW = 240, 40
NAMES = ["decode", "normalize", "sketch", "entities", "events", "encode", "decide", "link"]


def build():
    """The program; None where it cannot be built."""
    if not shutil.which("swift"):
        return None
    subprocess.run(["swift", "build", "-c", "release", "--static-swift-stdlib", "--package-path", PACKAGE], check=True,
                   stdout=subprocess.DEVNULL)
    return os.path.join(PACKAGE, ".build", "release", "stage-bench")


def write(folder, reports):
    for number, report in enumerate(reports):
        with open(os.path.join(folder, f"{number:06}.txt"), "wb") as file:
            file.write(report)


def timed(program, reports):
    """{stage: (MB/s, microseconds, allocations)} of one pass over all reports, and what the lexicons cost."""
    with tempfile.TemporaryDirectory() as folder:
        write(folder, reports)
        said = subprocess.run([program, LEXICONS, folder, "1"], check=True, capture_output=True, text=True).stdout
    found = re.findall(r"^([a-z ]+): ([\d.]+) MB/s, ([\d.]+) us a report, ([\d.]+) allocations", said, re.M)
    lexicons = re.search(r"^lexicons: (.*)", said, re.M).group(1)
    return {name: tuple(map(float, figures)) for name, *figures in found}, lexicons


def instructions(program, reports):
    """{stage: instructions a report}, over reports from all parts of the corpus; empty without valgrind."""
    if not shutil.which("valgrind") or not shutil.which("callgrind_annotate"):
        return {}
    sample = reports[::max(1, len(reports) // COUNTED)][:COUNTED]
    # What is made once, on first use, falls out of the difference.
    many, few = counted(program, sample), counted(program, sample[:FEW])
    return {name: (many[name] - few[name]) / (len(sample) - FEW) for name in NAMES}


def counted(program, reports):
    """{stage: instructions} of one pass, by callgrind."""
    with tempfile.TemporaryDirectory() as folder:
        texts, stripped, profile = (os.path.join(folder, name) for name in ("texts", "stage-bench", "profile"))
        os.mkdir(texts)
        write(texts, reports)
        # Valgrind 3.19 gives up on Swift's debug information: it runs a copy without it.
        subprocess.run(["strip", "--strip-debug", "-o", stripped, program], check=True)
        subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={profile}", stripped, LEXICONS, texts, "0"],
                       check=True, capture_output=True)
        said = subprocess.run(["callgrind_annotate", "--inclusive=yes", "--threshold=100", profile], check=True,
                              capture_output=True, text=True).stdout
    wanted = "|".join(name.capitalize() for name in NAMES)
    totals = dict.fromkeys(NAMES, 0)
    for count, name in re.findall(r"^\s*([\d,]+).*?timed(" + wanted + ")", said, re.M):
        totals[name.lower()] = max(totals[name.lower()], int(count.replace(",", "")))
    return totals


def table(reports):
    """Lines of a table, or of a word why there is none."""
    program = build()
    if not program:
        return ["Stages: not measured, there is no Swift here."]
    costs, lexicons = timed(program, reports)
    counts = instructions(program, reports)
    counts["entities and events"] = counts.get("entities", 0) + counts.get("events", 0)
    counts["all"] = sum(counts.get(name, 0) for name in NAMES)
    rows = ["| stage | MB/s | microseconds a report | instructions a report | allocations a report |", "|---|--:|--:|--:|--:|"]
    for name, (speed, micros, allocations) in costs.items():
        counted = f"{counts[name]:,.0f}" if counts.get(name) else "not counted"
        rows.append(f"| {name} | {speed:,.1f} | {micros:,.1f} | {counted} | {allocations:,.1f} |")
    return rows + ["", "Stages: processor time of one thread, first pass; instructions by callgrind over a sample, which has no "
                   f"instructions for SHA-256 (encode, link). Lexicons: {lexicons}."]
