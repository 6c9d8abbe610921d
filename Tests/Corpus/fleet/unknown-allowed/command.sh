policyc build laptops.attpolicy -o out >/dev/null
policyc report out/laptops.compiled.json --input devices.ndjson --lang en
policyc report out/laptops.compiled.json --input devices.ndjson --lang ja --rule supported
policyc report out/laptops.compiled.json --input devices.ndjson --format ndjson --rule supported --verdict pass
