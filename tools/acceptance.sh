#!/bin/sh
# acceptance.sh: hold the built books against outside validators, reading engines and browsers.
#
# The scripts for it do not belong to this repository: they are looked for in the folder CHECKS, by default ../shared/checks,
# and set up in a copy under build/. Where they are not there, that is said and nothing fails.
set -eu

checks=${CHECKS:-../shared/checks}
if [ ! -d "$checks" ]; then
    echo "acceptance: SKIPPED, there are no scripts in $checks"
    exit 0
fi

tools=build/.acceptance
mkdir -p "$tools"
cp "$checks"/*.py "$checks"/setup.sh tools/page_list.py "$tools"/
chmod -R u+w "$tools"
if [ ! -e "$tools/ready" ]; then
    bash "$tools/setup.sh"
    touch "$tools/ready"
fi

failed=0
check() {
    script=$1
    shift
    log=$(mktemp)
    if "$tools/venv/bin/python" "$tools/$script" "$@" >"$log" 2>&1; then
        tail -n 1 "$log" | sed "s|^|$1: |"
    else
        failed=1
        echo "$1: $script failed:"
        tail -n 30 "$log" | sed 's/^/    /'
    fi
    rm -f "$log"
}

for folder in build/*/; do
    slug=$(basename "$folder")
    book=$folder$slug
    check epub_check.py "$book.epub"
    check ace_check.py "$book.epub"
    check epub_check.py "$book.kepub.epub"
    check reader_check.py "$book.epub"
    check html_check.py "$book.html"
    check html_check.py "${folder}web"
    check ../../tools/browsing.py "$folder"
    check pdf_check.py "$book.pdf" --profile ua1 --profile 2u --outloud --bookmarks 1
    check pdf_check.py "$book-print.pdf" --print --gray --bleed 3
    check pdf_check.py "$book-pamphlet.pdf" --imposed "$book-print.pdf"
    check page_list.py "$book-print.pdf" "$book.epub" "$book.kepub.epub" "$book.html"
done
check html_check.py build/index.html build/*/index.html
check opds_check.py build/opds.xml --root build --formats epub,pdf,html
check opds_check.py build/opds.json --root build --formats epub,pdf,html

# files made to do harm, with the folder HOSTILE, by default ../shared/corpus/F_hostile/out: each is imported
hostile=${HOSTILE:-../shared/corpus/F_hostile/out}
if [ -d "$hostile" ]; then
    watch=
    if command -v strace >/dev/null; then watch=--strace; else echo "hostile: no strace here, so that connections are not watched for"; fi
    "$PWD/.venv/bin/python" tools/hostile.py "$hostile" $watch || failed=1
else
    echo "hostile: SKIPPED, there is no folder $hostile"
fi

if [ "$failed" = 0 ]; then
    echo "acceptance: PASSED"
else
    echo "acceptance: FAILED"
    exit 1
fi
