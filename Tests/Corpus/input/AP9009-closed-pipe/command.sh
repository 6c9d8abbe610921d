# The reader has closed the pipe before anything is written.
exec 3> >(exec 0<&-)
printf 'policy p version 1.0.0 { require a { that tpm.present } }' >p.attpolicy
printf 'tpm.present\ntrue\n' >devices.csv
policyc build p.attpolicy -o out
sleep 0.3
policyc report out/p.compiled.json --mapping policyc --input devices.csv --format csv -o /dev/fd/3
