policyc build input.attpolicy -o out >/dev/null
check() { policyc check out/how-it-booted.compiled.json --nonce 0102030405060708 --ak "$(cat ak.txt)" "$@"; echo "status $?"; }
policyc reference make golden.json -o lenient.json
policyc reference make golden.json -o strict.json --require firmware --require keys --require firmware
grep -o '"required":[^}]*' strict.json
echo '$ check --evidence updated.json --reference lenient.json'
check --evidence updated.json --reference lenient.json
echo '$ check --evidence updated.json --reference strict.json'
check --evidence updated.json --reference strict.json
echo '$ check --evidence golden.json --reference strict.json'
check --evidence golden.json --reference strict.json
