#!/usr/bin/env bash
# Puts a real Godot 4 editor on a Debian machine whose own release has none (bookworm, trixie),
# without touching the system: everything lands in one folder.
#
#   install-godot.sh [--prefix DIR] [--with-xvfb] [--force] [--print]
#
#   --prefix DIR   where to (default: $GODOT_PREFIX or /opt/godot4)
#   --with-xvfb    also installs xvfb from the system's own release, for the windowed editor
#                  (godot4-xvfb); headless use needs none
#   --force        installs anew even if a working one is there
#   --print        only prints the path of the Godot 4 that would be used (exit code 1: none)
#
# Order: $GODOT, then godot4 / godot in PATH, then PREFIX/bin/godot4: the first that answers 4.x is
# used as it is. Otherwise the package `godot` and its library closure (C library included) come from
# a newer Debian suite of the same mirror that apt uses here, through an apt of its own (own lists,
# cache and empty status), are unpacked into the prefix, and the ELF interpreter and library path are
# set to the prefix with patchelf, so that /proc/self/exe stays Godot's own path and the editor can
# start itself. Needs a writable prefix, apt and dpkg-deb. Last two lines: version, GODOT=path.
set -euo pipefail

PREFIX="${GODOT_PREFIX:-/opt/godot4}" WITH_XVFB=0 FORCE=0 PRINT=0
SUITES="${GODOT_SUITES:-forky sid}"
while [ $# -gt 0 ]; do
  case "$1" in
    --prefix) PREFIX="$2"; shift 2 ;;
    --prefix=*) PREFIX="${1#*=}"; shift ;;
    --with-xvfb) WITH_XVFB=1; shift ;;
    --force) FORCE=1; shift ;;
    --print) PRINT=1; shift ;;
    -h|--help) sed -n '2,19p' "$0"; exit 0 ;;
    *) echo "install-godot: unknown argument $1" >&2; exit 2 ;;
  esac
done
case "$PREFIX" in /*) ;; *) PREFIX="$PWD/$PREFIX" ;; esac
say() { echo "install-godot: $*" >&2; }

# Prints the version if $1 is a Godot 4 that runs.
version_of() {
  local v
  [ -n "${1:-}" ] || return 1
  v="$(timeout 60 "$1" --headless --version 2>/dev/null | tail -n1)" || return 1
  case "$v" in 4.*) printf '%s\n' "$v" ;; *) return 1 ;; esac
}
finish() {
  local v
  v="$(version_of "$1")" || { say "$1 does not answer --version"; exit 1; }
  if [ "$PRINT" = 1 ]; then echo "$1"; exit 0; fi
  echo "$v"; echo "GODOT=$1"; exit 0
}
want_xvfb() {
  [ "$WITH_XVFB" = 1 ] && [ "$PRINT" = 0 ] || return 0
  command -v Xvfb >/dev/null && return 0
  say "installing xvfb from this release"
  local install=(apt-get -qq -y -o DPkg::Lock::Timeout=200 install --no-install-recommends xvfb x11-xkb-utils)
  export DEBIAN_FRONTEND=noninteractive
  "${install[@]}" >/dev/null 2>&1 || { apt-get -qq update >/dev/null; "${install[@]}" >/dev/null; }
}

# 1. One that is here already.
if [ "$FORCE" = 0 ]; then
  for c in "${GODOT:-}" "$(command -v godot4 || true)" "$(command -v godot || true)" "$PREFIX/bin/godot4"; do
    if [ -n "$c" ] && version_of "$c" >/dev/null; then want_xvfb; finish "$c"; fi
  done
fi
[ "$PRINT" = 1 ] && exit 1

# 2. The architecture and the mirror of this machine.
ARCH="$(dpkg --print-architecture)"
case "$ARCH" in
  amd64) TRIPLET=x86_64-linux-gnu; LDSO=ld-linux-x86-64.so.2 ;;
  arm64) TRIPLET=aarch64-linux-gnu; LDSO=ld-linux-aarch64.so.1 ;;
  *) say "no recipe for $ARCH"; exit 1 ;;
esac
if [ "$ARCH" = amd64 ] && ! grep -qm1 sse4_2 /proc/cpuinfo; then
  say "warning: this CPU reports no SSE4.2, which Godot needs"
fi
URI="$(cat /etc/apt/sources.list.d/*.sources 2>/dev/null | awk '/^URIs:/{print $2; exit}')"
[ -n "$URI" ] || URI="$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
  awk '$1=="deb"{for(i=2;i<=NF;i++) if($i ~ /^(https?|mirror|file):/){print $i; exit}}')"
[ -n "$URI" ] || { say "no Debian source found under /etc/apt"; exit 1; }
KEYRING="$(ls /usr/share/keyrings/debian-archive-keyring.gpg /usr/share/keyrings/debian-archive-keyring.pgp 2>/dev/null | head -n1 || true)"

mkdir -p "$(dirname "$PREFIX")"
exec 9>"$PREFIX.lock"; flock -w 600 9
if [ "$FORCE" = 0 ] && version_of "$PREFIX/bin/godot4" >/dev/null; then want_xvfb; finish "$PREFIX/bin/godot4"; fi

WORK="$(mktemp -d "$PREFIX.apt.XXXXXX")"; NEW="$PREFIX.new"
trap 'rm -rf "$WORK" "$NEW"; rm -f "$PREFIX.lock"' EXIT
rm -rf "$NEW"; mkdir -p "$NEW" "$WORK/lists/partial" "$WORK/cache/archives/partial"; : >"$WORK/status"
APT=(-oDir::Etc::sourcelist="$WORK/sources.list" -oDir::Etc::sourceparts=/dev/null -oDir::Etc::preferencesparts=/dev/null
     -oDir::State="$WORK" -oDir::State::Lists="$WORK/lists" -oDir::State::status="$WORK/status" -oDir::Cache="$WORK/cache"
     -oAPT::Architecture="$ARCH" -oAPT::Architectures="$ARCH" -oAPT::Install-Recommends=0 -oAPT::Sandbox::User=root
     -oAcquire::Languages=none -oAcquire::Retries=3 -oBinary::apt::APT::Keep-Downloaded-Packages=1)
PKGS=(godot libgl1 libglx-mesa0 libgl1-mesa-dri libegl1 libegl-mesa0 libxkbcommon-x11-0 libfontconfig1
      fontconfig-config fonts-dejavu-core xkb-data libx11-data patchelf)

# 3. Download the closure.
got=0
for s in $SUITES; do
  echo "deb ${KEYRING:+[signed-by=$KEYRING] }$URI $s main" >"$WORK/sources.list"
  rm -rf "$WORK"/lists/*; mkdir -p "$WORK/lists/partial"
  apt-get "${APT[@]}" -qq update >"$WORK/log" 2>&1 || { say "suite $s: no package list"; continue; }
  v="$(apt-cache "${APT[@]}" policy godot 2>/dev/null | awk '/Candidate:/{print $2}')"
  case "$v" in 4.*|*:4.*) ;; *) say "suite $s has godot ${v:-none}"; continue ;; esac
  say "downloading godot $v and its libraries from $s (about 170 MB)"
  if apt-get "${APT[@]}" -y -qq --download-only install "${PKGS[@]}" >"$WORK/log" 2>&1; then got=1; break; fi
  say "suite $s: $(tail -n 3 "$WORK/log" | sed -E 's#(https?://)[^/ ]+#\1…#g' | tr '\n' ' ')"
done
[ "$got" = 1 ] || { say "no suite of [$SUITES] gave Godot 4"; exit 1; }

# 4. Unpack what is needed of it.
for d in "$WORK"/cache/archives/*.deb; do
  dpkg-deb --fsys-tarfile "$d" | tar -x -C "$NEW" --keep-directory-symlink \
    --exclude='./usr/share/doc' --exclude='./usr/share/man' --exclude='./usr/share/locale' --exclude='./usr/share/perl5' \
    --exclude='./usr/share/bash-completion' --exclude='./usr/share/lintian' --exclude='./usr/share/zsh' \
    --exclude='./usr/lib/*/gconv' --exclude='./var' --exclude='./etc/init.d' --exclude='./usr/lib/systemd'
done
[ -e "$NEW/lib" ] || ln -s usr/lib "$NEW/lib"

# 5. Interpreter and library path. An interpreter cannot be relative, so the final place is written in.
#    Libraries with a RUNPATH of their own lose it: it would hide the executable's path from their
#    own dependencies.
L="$NEW/usr/lib/$TRIPLET"; F="$PREFIX/usr/lib/$TRIPLET"
patch() { "$L/$LDSO" --library-path "$L" "$NEW/usr/bin/patchelf" "$@"; }
for f in "$L"/libLLVM*.so* "$L"/libpulse*.so*; do
  [ -f "$f" ] && [ ! -L "$f" ] || continue
  if [ -n "$(patch --print-rpath "$f" 2>/dev/null)" ]; then patch --remove-rpath "$f"; fi
done
[ -d "$L/pulseaudio" ] && F="$F:$PREFIX/usr/lib/$TRIPLET/pulseaudio"
patch --set-interpreter "$PREFIX/usr/lib/$TRIPLET/$LDSO" --force-rpath --set-rpath "$F" "$NEW/usr/bin/godot"

# 6. The commands.
mkdir -p "$NEW/bin"
cat >"$NEW/bin/godot4" <<WRAP
#!/bin/sh
# Godot 4 from a newer Debian suite, unpacked at $PREFIX (made by install-godot.sh)
P="$PREFIX"; L="\$P/usr/lib/$TRIPLET"
export LIBGL_DRIVERS_PATH="\${LIBGL_DRIVERS_PATH:-\$L/dri}" GBM_BACKENDS_PATH="\${GBM_BACKENDS_PATH:-\$L/gbm}"
export __EGL_VENDOR_LIBRARY_DIRS="\${__EGL_VENDOR_LIBRARY_DIRS:-\$P/usr/share/glvnd/egl_vendor.d}"
export XLOCALEDIR="\${XLOCALEDIR:-\$P/usr/share/X11/locale}" XKB_CONFIG_ROOT="\${XKB_CONFIG_ROOT:-\$P/usr/share/X11/xkb}"
[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_PATH="\${FONTCONFIG_PATH:-\$P/etc/fonts}"
exec "\$P/usr/bin/godot" "\$@"
WRAP
cat >"$NEW/bin/godot4-xvfb" <<WRAP
#!/bin/sh
# The windowed Godot on a virtual screen with software OpenGL. SCREEN=1600x900x24 by default.
# Usage: godot4-xvfb [godot arguments]   (needs Xvfb: install-godot.sh --with-xvfb)
command -v Xvfb >/dev/null || { echo "godot4-xvfb: no Xvfb (install-godot.sh --with-xvfb)" >&2; exit 127; }
fd=\$(mktemp); Xvfb -displayfd 3 -screen 0 "\${SCREEN:-1600x900x24}" -nolisten tcp +extension GLX 3>"\$fd" >/dev/null 2>&1 &
X=\$!; G=; end() { [ -n "\$G" ] && kill \$G 2>/dev/null; kill \$X 2>/dev/null; rm -f "\$fd"; }
trap end EXIT; trap 'end; exit 143' INT TERM HUP
i=0; while [ ! -s "\$fd" ] && [ \$i -lt 100 ]; do sleep 0.1; i=\$((i+1)); done
[ -s "\$fd" ] || { echo "godot4-xvfb: Xvfb did not start" >&2; exit 1; }
DISPLAY=":\$(cat "\$fd")"; export DISPLAY
LIBGL_ALWAYS_SOFTWARE=1 GALLIUM_DRIVER=llvmpipe "$PREFIX/bin/godot4" --display-driver x11 --audio-driver Dummy --rendering-driver opengl3 "\$@" &
G=\$!; rc=0; wait \$G || rc=\$?; G=; exit \$rc
WRAP
chmod 755 "$NEW/bin/godot4" "$NEW/bin/godot4-xvfb" "$NEW"

# 7. Into place, whole.
OLD=""; if [ -e "$PREFIX" ]; then OLD="$PREFIX.old.$$"; mv "$PREFIX" "$OLD"; fi
mv "$NEW" "$PREFIX"; [ -z "$OLD" ] || rm -rf "$OLD"
want_xvfb
rm -rf "$WORK"; rm -f "$PREFIX.lock"
finish "$PREFIX/bin/godot4"
