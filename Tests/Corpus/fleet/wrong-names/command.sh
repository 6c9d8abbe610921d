policyc build laptops.attpolicy -o out >/dev/null
printf 'Device name,OS version,Device attestation status\nPC-1,10.0.22631.3155,Completed\n' > export.csv
printf 'shoe,size\nred,42\n' > shoes.csv
try() { echo "$*"; policyc report out/laptops.compiled.json "$@"; echo "--- $?"; }
try --input export.csv --rule tpm_redy
try --input export.csv --status notready
try --input export.csv --verdict failed
try --input export.csv --sort osversion
try --input export.csv --sort line:down
try --input export.csv --mapping intun
try --input export.csv --bom
try --input export.csv --lang fr
try --input export.csv --format xml
try --input export.csv --mapping osquery
try --input shoes.csv
try --input none.csv
try
