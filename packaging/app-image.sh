#!/usr/bin/env bash
# Builds target/package/headscope (macOS: headscope.app): the application with its own Java runtime and the engine's
# native libraries, for the system that this runs on. Needs a JDK 17 or newer; Maven only if nothing is built yet.
set -euo pipefail
cd "$(dirname "$0")/.."

die() {
    echo "$*" >&2
    exit 1
}

case "$(uname -s)-$(uname -m)" in
    Linux-x86_64)  natives=linux-x86_64  javafx=linux         library=libtokenizers.so ;;
    Linux-aarch64) natives=linux-aarch64 javafx=linux-aarch64 library=libtokenizers.so ;;
    Darwin-arm64)  natives=osx-aarch64   javafx=mac-aarch64   library=libtokenizers.dylib ;;
    *) die "The engine has no native library for $(uname -s) on $(uname -m)." ;;
esac

bin=${JAVA_HOME:+$JAVA_HOME/bin/}
for tool in jpackage jar; do
    command -v "$bin$tool" >/dev/null || die "$bin$tool is missing: install a JDK 17 or newer, or set JAVA_HOME to one."
done

if [ ! -f target/headscope.jar ] || [ ! -d target/lib ]; then
    mvn -q package -DskipTests
fi

out=target/package
rm -rf "$out"
mkdir -p "$out/input/native" "$out/javafx" "$out/unpacked"

# JavaFX becomes part of the runtime; the engine's libraries lie unpacked beside the jars, so that nothing is written to
# the home folder at the first start; all else is the class path.
cp target/headscope.jar "$out/input"
found_javafx=
for jar in target/lib/*.jar; do
    case "${jar##*/}" in
        javafx-*-"$javafx".jar) cp "$jar" "$out/javafx"; found_javafx=yes ;;
        javafx-*) ;; # Without classes: it only names the one for the system.
        pytorch-native-*-"$natives".jar | pytorch-jni-*.jar) (cd "$out/unpacked" && "${bin}jar" xf "$OLDPWD/$jar") ;;
        tokenizers-*.jar)
            (cd "$out/unpacked" && "${bin}jar" xf "$OLDPWD/$jar" native/lib)
            cp "$jar" "$out/input" ;;
        *) cp "$jar" "$out/input" ;;
    esac
done
[ -n "$found_javafx" ] || die "target/lib has no JavaFX for $javafx: run mvn clean package on this system."
for folder in pytorch/cpu/$natives jnilib/$natives/cpu native/lib/$natives/cpu; do
    [ -d "$out/unpacked/$folder" ] || die "target/lib has no $folder: run mvn clean package on this system."
    cp "$out/unpacked/$folder"/* "$out/input/native"
done
rm -rf "$out/unpacked"

version=$(cd "$out" && "${bin}jar" xf ../headscope.jar META-INF/MANIFEST.MF \
    && tr -d '\r' < META-INF/MANIFEST.MF | sed -n 's/^Implementation-Version: //p' && rm -r META-INF)
version=${version%%-*}
compress=2
[ "$("${bin}jpackage" --version | cut -d. -f1)" -lt 21 ] || compress=zip-6

if [ "$(uname -s)" = Darwin ]; then
    # macOS takes no version that begins with 0; the application itself shows its own.
    case "$version" in 0 | 0.*) version=1.0.0 ;; esac
    icons=$out/headscope.iconset
    mkdir "$icons"
    for size in 16 32 128 256 512; do
        sips -z $size $size packaging/linux/headscope.png --out "$icons/icon_${size}x$size.png" >/dev/null
    done
    iconutil -c icns "$icons" -o "$out/headscope.icns"
    rm -rf "$icons"
    icon=$out/headscope.icns
    system=(--mac-package-identifier org.headscope)
else
    icon=packaging/linux/headscope.png
    system=()
fi

modules=java.desktop,java.logging,java.management,java.naming,java.net.http,java.prefs,java.sql,java.xml
modules+=,jdk.crypto.ec,jdk.management,jdk.unsupported,jdk.zipfs,javafx.controls

# DJL wants the folder of one library and the file of the other.
"${bin}jpackage" --type app-image --name headscope --app-version "${version:-1.0.0}" --dest "$out" --icon "$icon" \
    --description "See what the attention heads of GPT-2 do" --vendor "The Headscope authors" \
    --input "$out/input" --main-jar headscope.jar --main-class org.headscope.Main \
    --module-path "$out/javafx" --add-modules "$modules" \
    --jlink-options "--strip-native-commands --strip-java-debug-attributes --no-header-files --no-man-pages \
--compress=$compress" \
    --java-options '-DPYTORCH_LIBRARY_PATH=$APPDIR/native' \
    --java-options "-DRUST_LIBRARY_PATH=\$APPDIR/native/$library" \
    --java-options -Dai.djl.offline=true \
    --java-options -XX:TieredStopAtLevel=1 \
    --java-options -XX:MetaspaceSize=128m \
    --java-options '-XX:SharedArchiveFile=$APPDIR/headscope.jsa' \
    --java-options --add-exports=javafx.base/com.sun.javafx.event=ALL-UNNAMED \
    --java-options --add-opens=javafx.graphics/javafx.scene=ALL-UNNAMED \
    --java-options --add-opens=javafx.controls/javafx.scene.control.skin=ALL-UNNAMED \
    ${system[@]+"${system[@]}"}
rm -rf "$out/input" "$out/javafx" "$out/headscope.icns"

# Java starts faster from archives of the classes that a start takes: one of its own, which jlink leaves out, and one of
# ours, from a window that opens and closes. Without a display there are none, and Java reads the jars as before.
rehearse() {
    local ours=$PWD/$1/lib/app/headscope.jsa javas=$PWD/$1/lib/runtime/lib/server/classes.jsa home
    home=$(mktemp -d)
    # These options, unlike JAVA_TOOL_OPTIONS, go before those that the launcher gives.
    _JAVA_OPTIONS="-Xshare:dump -XX:SharedArchiveFile=$javas" "$1/bin/headscope" >/dev/null 2>&1 \
        && HEADSCOPE_CACHE=$home/cache _JAVA_OPTIONS="-XX:SharedArchiveFile=$javas -XX:ArchiveClassesAtExit=$ours \
-Dheadscope.rehearsal=true -Duser.home=$home -Djava.util.prefs.userRoot=$home" \
            timeout 300 "${@:2}" "$1/bin/headscope" >"$home/log" 2>&1 || true
    [ -f "$ours" ] || echo "No archive of classes was made; the window will open a second or two later." >&2
    rm -rf "$home"
}
if [ "$(uname -s)" = Linux ]; then
    if [ -n "${DISPLAY:-}" ]; then
        rehearse "$out/headscope"
    elif command -v xvfb-run >/dev/null; then
        rehearse "$out/headscope" xvfb-run -a
    else
        echo "Without a display or xvfb-run no archive of classes is made; the window will open a second or two later." >&2
    fi
fi

if [ -d "$out/headscope.app" ]; then
    cp LICENSE NOTICE "$out/headscope.app/Contents"
    echo "$out/headscope.app/Contents/MacOS/headscope"
else
    cp LICENSE NOTICE "$out/headscope"
    cp packaging/linux/headscope.desktop "$out/headscope/lib"
    echo "$out/headscope/bin/headscope"
fi
