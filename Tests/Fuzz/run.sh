#!/bin/sh
# Coverage-guided fuzzing of every decoder with libFuzzer, which the Swift toolchain brings (-sanitize=fuzzer,address).
#
#   Tests/Fuzz/run.sh [seconds per format] [format …]
#
# Formats are the folders of Tests/DecodeTests/Fixtures, whose files are the seeds. The growing corpus and what crashes stay in
# .build-fuzz (ignored by git); a crash that is fixed becomes a test with its input. Exit 1 if anything crashed.
set -eu

seconds=${1:-${SECONDS_EACH:-60}}
[ $# -gt 0 ] && shift
root=$(cd "$(dirname "$0")/../.." && pwd)
work=${RASID_FUZZ_DIR:-$root/.build-fuzz}
fixtures=$root/Tests/DecodeTests/Fixtures
formats=${*:-plain html feed json trec mail office packed warc hostile}
mkdir -p "$work/obj"

# SwiftPM renames main, which libFuzzer brings; so the three modules are compiled here.
swift="swiftc -swift-version 6 -O -wmo -parse-as-library -sanitize=fuzzer,address -enable-upcoming-feature ExistentialAny"
maps=""
for module in CArchive CXML2 CGMime CJSON CZlib CProcess; do
  maps="$maps -Xcc -fmodule-map-file=$root/Sources/$module/module.modulemap"
done
flags=$(pkg-config --cflags libxml-2.0 gmime-3.0 json-c libarchive zlib | tr ' ' '\n' | grep '^-I' | sed 's/^/-Xcc /' | tr '\n' ' ')
libraries=$(pkg-config --libs libxml-2.0 gmime-3.0 json-c libarchive zlib)
newest=$(find "$root/Sources/Decode" "$root/Sources/Model" "$root/Sources/CXML2" "$root/Sources/CGMime" "$root/Tests/Fuzz" \
  -name '*.swift' -newer "$work/fuzz-decode" -o -name '*.h' -newer "$work/fuzz-decode" 2>/dev/null | head -1)
if [ ! -x "$work/fuzz-decode" ] || [ -n "$newest" ]; then
  cd "$work/obj"
  $swift -module-name Model -emit-module -c "$root"/Sources/Model/*.swift -o Model.o
  find "$root/Sources/Decode" -name '*.swift' > sources.txt
  $swift $maps $flags -I . -module-name Decode -emit-module -c @sources.txt -o Decode.o
  $swift $maps $flags -I . -module-name FuzzDecode "$root/Tests/Fuzz/FuzzDecode.swift" Model.o Decode.o $libraries -o "$work/fuzz-decode"
fi

failed=0
printf '%-10s %12s %8s %8s %9s %s\n' format runs edges corpus seconds outcome
for format in $formats; do
  corpus=$work/corpus/$format
  mkdir -p "$corpus" "$work/crashes/$format"
  if [ "$format" = plain ]; then seeds=$work/seeds-plain; mkdir -p "$seeds"; cp "$fixtures"/*.txt "$seeds"; else seeds=$fixtures/$format; fi
  outcome=ok
  # Leaks are not sought: GLib and Swift keep tables for the life of the process.
  SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1 "$work/fuzz-decode" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=3000 \
    -max_len=65536 -artifact_prefix="$work/crashes/$format/" -dict="$root/Tests/Fuzz/decode.dict" -print_final_stats=1 \
    "$corpus" "$seeds" > "$work/$format.log" 2>&1 || outcome=CRASH
  [ "$outcome" = ok ] || failed=1
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$work/$format.log" | tail -1)
  edges=$(grep -o 'cov: [0-9]*' "$work/$format.log" | tail -1 | cut -d' ' -f2)
  printf '%-10s %12s %8s %8s %9s %s\n' "$format" "${runs:-?}" "${edges:-?}" "$(ls "$corpus" | wc -l)" "$seconds" "$outcome"
done
exit $failed
