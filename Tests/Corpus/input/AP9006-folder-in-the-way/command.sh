printf 'policy hello version 1.0.0 { require tpm { that tpm.present == true } }' > hello.attpolicy
mkdir -p out/manifest.json
policyc build hello.attpolicy -o out
status=$?
ls -A out
exit $status
