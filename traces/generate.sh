#!/usr/bin/env bash
# generate.sh PROGRAM: writes the traces of this folder anew, and their statistics into README.md.
# The same program writes the same octets.
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")"

"$program" trace generate gilbert --loss 2% --burst 60ms --duration 300s --seed 1 \
  -o wifi-bursts.txt
"$program" trace generate gilbert-elliott --good-to-bad 0.5% --bad-to-good 5% --good-loss 0.2% \
  --bad-loss 40% --duration 600s --seed 2 --format runs -o wifi-fading.runs.txt
"$program" trace generate gilbert-elliott --good-to-bad 50% --bad-to-good 50% --good-loss 1% \
  --bad-loss 1% --duration 300s --seed 3 --format lost-sequence -o single-losses.csv
"$program" trace generate gilbert --loss 5% --burst 40ms --interval 20ms --duration 60s --seed 4 \
  --format packets -o voice-bursts.packets.csv
"$program" trace generate random-walk --lowest 200kbps --highest 4Mbps --change 500ms --step 20% \
  --duration 120s --seed 5 --format rate -o mobile-walk.csv
"$program" trace generate random-walk --lowest 200kbps --highest 4Mbps --change 500ms --step 20% \
  --duration 60s --seed 6 --format mahimahi -o mobile-walk.down

cd ..
"$program" trace list traces | tail -n +2 >traces/.list
awk '
  /^<!-- list -->$/ { print; print "```"; while ((getline line < "traces/.list") > 0) print line
    print "```"; skipping = 1; next }
  /^<!-- end of list -->$/ { skipping = 0 }
  !skipping
' traces/README.md >traces/.readme
mv traces/.readme traces/README.md
rm traces/.list
