for file in off server stranger; do
  policyc reference make "$file.json" -o "$file.reference.json"
  echo "status $?"
done
policyc reference make server.json --banks sha256,sha384 -o x.json
echo "status $?"
ls | grep reference || echo "nothing was written"
