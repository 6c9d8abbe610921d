policyc build laptops.attpolicy -o out >/dev/null
names() {
  echo "$*:"
  policyc report out/laptops.compiled.json --input devices.ndjson --format csv "$@" | cut -d, -f1 | tail -n +2 | tr '\r\n' '  '
  echo
}
names
names --status failed
names --status tpm_not_ready --status unknown
names --status aik_certificate_missing
names --status none --verdict pass
names --ownership corporate
names --ownership PERSONAL --ownership unknown
names --rule aik_certificate
names --rule tpm_ready --rule secure_boot --verdict indeterminate
names --sort device_name
names --sort device_name:desc
names --sort os_version
names --sort last_check_in
names --sort status_detail
names --sort ownership:desc
policyc report out/laptops.compiled.json --input devices.ndjson --lang en --verdict not_applicable
policyc report out/laptops.compiled.json --input devices.ndjson --lang en --verdict not_applicable --format csv
policyc report out/laptops.compiled.json --input devices.ndjson --lang ja --verdict not_applicable | tail -1
printf '' | policyc report out/laptops.compiled.json --input - --input-format ndjson --lang en
