#!/bin/sh
# For continuous integration: validates a settings file, and keeps the verdicts (JUnit, JSON, text) and in
# calls/ the report (report.html) and the calls' CSV files.
#   rollouts/validate.sh settings.yaml [--against baseline.yaml ...]
# AVPFSIM names the program (default: avpfsim on the PATH), RESULTS the folder (default: results/validate).
# Ends with the program's exit code: 0 pass, 1 a gate failed, 2 bad input, 3 a fault, 4 inconclusive.
set -u
program=${AVPFSIM:-avpfsim}
results=${RESULTS:-results/validate}
mkdir -p "$results" || exit 3
# Verdicts of an earlier run must not be taken for this one's.
rm -f "$results/junit.xml" "$results/verdicts.json" "$results/verdicts.txt"

"$program" validate "$@" -o "$results/calls" \
  --junit "$results/junit.xml" --json "$results/verdicts.json" > "$results/verdicts.txt"
code=$?
cat "$results/verdicts.txt"

case $code in
  0) echo "All gates pass." ;;
  1) echo "A gate failed: see $results/junit.xml." ;;
  4) echo "A gate is inconclusive: raise max-calls, or widen its bound." ;;
  *) echo "Nothing was decided (exit code $code)." >&2 ;;
esac
exit $code
