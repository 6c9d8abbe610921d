policyc build input.attpolicy -o out >/dev/null
policyc check out/ready-to-attest.compiled.json --probe file:laptop.yaml --runbooks
policyc check out/ready-to-attest.compiled.json --probe file:laptop.yaml --runbooks --lang ja
