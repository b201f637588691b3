#!/bin/sh
# system.sh program|tests PYTHON: see that the system packages are there that pip cannot bring.
#
# On Debian and its kin they are installed by apt where root or sudo allows. Everywhere else one line says what to install.
set -eu

what=$1
python=$2

if [ "$what" = tests ]; then
    debian="default-jre-headless"
    fedora="java-latest-openjdk-headless"
    macos="openjdk"
else
    debian="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-linuxlibertine fonts-ebgaramond fonts-hosny-amiri fonts-ipaexfont-mincho fonts-arphic-gbsn00lp fonts-nanum fonts-noto-core fonts-dejavu-core fonts-opendyslexic fonts-ocr-b libgs-common"
    fedora="python3 pango harfbuzz fontconfig linux-libertine-fonts linux-libertine-biolinum-fonts dejavu-sans-fonts dejavu-sans-mono-fonts libgs"
    macos="python pango harfbuzz fontconfig ghostscript, and the casks font-linux-libertine font-linux-biolinum font-eb-garamond font-amiri font-dejavu"
    # a Python of Debian's own cannot make virtual environments without a second package
    if [ -z "$python" ] || ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        debian="python3 python3-venv $debian"
    fi
fi

say_what() {
    echo "samizdat: $1 Please install: Debian, Ubuntu and Windows (in WSL): apt install $missing; Fedora: dnf install $fedora; macOS: brew install $macos." >&2
}

# What really must be there: without it nothing can be built or tested. The rest is fonts, which have stand-ins.
all_works() {
    if [ "$what" = tests ]; then
        java -version >/dev/null 2>&1
    else
        [ -n "$python" ] && "$python" -c 'import ensurepip, venv' 2>/dev/null && pango_loads
    fi
}

pango_loads() {
    "$python" - <<'PY' 2>/dev/null
import ctypes
for names in (("libpango-1.0.so.0", "libpango-1.0.dylib"), ("libharfbuzz-subset.so.0", "libharfbuzz-subset.dylib")):
    for name in names:
        for folder in ("", "/opt/homebrew/lib/", "/usr/local/lib/"):
            try:
                ctypes.CDLL(folder + name)
            except OSError:
                continue
            break
        else:
            continue
        break
    else:
        raise SystemExit(1)
PY
}

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    missing=$debian
    all_works || { say_what "something that pip cannot bring is missing."; exit 1; }
    exit 0
fi

missing=""
for package in $debian; do
    dpkg-query --show --showformat='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
missing=${missing# }
[ -n "$missing" ] || exit 0
if [ "$what" = tests ] && all_works; then
    exit 0 # any Java will do
fi

if [ "$(id -u)" = 0 ]; then
    root=""
elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    root="sudo"
else
    say_what "these packages are missing, and only the administrator can install them."
    if all_works; then
        exit 0 # fonts only: stand-ins serve
    fi
    exit 1
fi

echo "Installing with apt: $missing"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
install() {
    $root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends $missing </dev/null >"$log" 2>&1
}
install || { $root apt-get update --quiet >"$log" 2>&1 && install; } || {
    cat "$log" >&2
    say_what "apt could not install these packages (see above)."
    all_works || exit 1
}
