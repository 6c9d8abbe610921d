policyc build laptops.attpolicy -o out >/dev/null
for language in en ja; do
  policyc report out/laptops.compiled.json --input devices.csv --lang $language
  echo "--- $?"
done
