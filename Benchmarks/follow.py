#!/usr/bin/env python3
"""follow.py FEED COUNT — reads a feed as it grows, and prints when each file's line was there: [[name, seconds], …] as JSON."""
import json
import os
import re
import sys
import time

path, count = sys.argv[1], int(sys.argv[2])
name = re.compile(rb'"source":\{"file":"([^"]+)"')
seen, rest = [], b""
while not os.path.exists(path):
    time.sleep(0.001)
with open(path, "rb") as file:
    end = time.monotonic() + 100
    while len(seen) < count and time.monotonic() < end:
        chunk = file.read()
        if not chunk:
            time.sleep(0.0005)
            continue
        now = time.monotonic()
        rest += chunk
        *whole, rest = rest.split(b"\n")
        seen += [[name.search(line).group(1).decode(), now] for line in whole]
print(json.dumps(seen))
