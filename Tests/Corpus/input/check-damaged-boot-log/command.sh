policyc build input.attpolicy -o out >/dev/null
policyc check out/how-it-booted.compiled.json --probe eventlog:cut.log
policyc check out/how-it-booted.compiled.json --probe eventlog:input.attpolicy
