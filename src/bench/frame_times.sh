#!/usr/bin/env bash
# Measures frames, the head map, the start and memory: src/bench/frame_times.sh FOLDER, where a model of gpt2-small's
# size is or will be written. Build first: mvn -q test-compile. Best on a machine that does nothing else.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=${1:?the folder of the model}
classpath=target/frame-times.classpath
[ -f "$classpath" ] || mvn -q dependency:build-classpath -Dmdep.outputFile="$classpath" -Dmdep.includeScope=test
exec java -XX:TieredStopAtLevel=1 -Dtestfx.robot=glass -Dtestfx.headless=true -Dglass.platform=Monocle \
  -Dmonocle.platform=Headless \
  -Dprism.order=sw -Dprism.text=t2k -Djava.awt.headless=true -Dheadless.geometry=1600x1200-32 \
  -Djavafx.animation.fullspeed=true -Dai.djl.offline=true \
  -cp "target/classes:target/test-classes:$(cat "$classpath")" src/bench/FrameTimes.java "$folder"
