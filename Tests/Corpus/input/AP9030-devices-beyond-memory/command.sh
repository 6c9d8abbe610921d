printf 'policy p version 1.0 { require tpm { that tpm.present } }' | policyc build - -o out 2>/dev/null
{ echo device_id; yes x | head -1000000; } > devices.csv
ulimit -v 400000
policyc report out/p.compiled.json --input devices.csv --format csv -o report.csv
