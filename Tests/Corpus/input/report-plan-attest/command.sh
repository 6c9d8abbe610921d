policyc build attest.attpolicy -o out
policyc report out/attest.compiled.json --input devices.ndjson --plan-attest --format text
echo "exit $?"
policyc report out/attest.compiled.json --input devices.ndjson --plan-attest --format text --lang ja 2>/dev/null
policyc report out/attest.compiled.json --input devices.ndjson --plan-attest 2>/dev/null
