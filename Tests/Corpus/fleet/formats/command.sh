policyc build laptops.attpolicy -o out >/dev/null
report() { policyc report out/laptops.compiled.json --input devices.ndjson "$@"; echo "--- $?"; }
report --lang en
report --lang ja
report --lang en --format csv
report --lang ja --format csv --bom
report --format ndjson
report --format json
report --lang en --format json -o report.json
cat report.json
