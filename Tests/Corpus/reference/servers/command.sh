policyc build input.attpolicy -o out >/dev/null
check() { policyc check out/how-it-booted.compiled.json --nonce 0102030405060708 --ak "$(cat ak.txt)" "$@"; echo "status $?"; }
echo '$ reference make golden.json'
policyc reference make golden.json -o server.reference.json
authority=$(policyc reference make golden.json -o server.reference.json 2>&1 | sed -n 's/.*(SHA-1 \([0-9a-f]*\)).*/\1/p')
echo '$ reference make golden.json --accept-authority DIGEST'
policyc reference make golden.json --accept-authority "$authority" -o server.reference.json
cat server.reference.json
policyc reference make notebook.json -o notebook.reference.json
echo '$ check --evidence golden.json with both'
check --evidence golden.json --reference notebook.reference.json --reference server.reference.json
echo '$ check --evidence golden.json with the other'
check --evidence golden.json --reference notebook.reference.json --format json
