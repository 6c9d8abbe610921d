policyc build input.attpolicy -o out >/dev/null
check() { policyc check out/how-it-booted.compiled.json --nonce 0102030405060708 --ak "$(cat ak.txt)" "$@"; echo "status $?"; }
echo '$ check --evidence laptop.json'
check --evidence laptop.json
echo '$ reference make'
policyc reference make golden-2.json golden-1.json -o notebook.reference.json
cat notebook.reference.json
policyc reference make golden-1.json golden-2.json golden-1.json -o - 2>/dev/null | cmp - notebook.reference.json && echo 'the same in another order'
echo '$ check --evidence laptop.json --reference notebook.reference.json'
check --evidence laptop.json --reference notebook.reference.json
echo '$ check --evidence odd.json --reference notebook.reference.json'
check --evidence odd.json --reference notebook.reference.json
