policyc build input.attpolicy -o out >/dev/null
policyc check out/ready-to-attest.compiled.json --probe file:laptop.yaml
policyc check out/ready-to-attest.compiled.json --probe file:laptop.yaml --lang ja
