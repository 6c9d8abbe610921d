printf 'policy hello version 1.0.0 { applies to windows 11 require tpm { that tpm.present } }' > a.attpolicy
printf 'policy Hello version 1.0.0 { applies to windows 11 require tpm { that tpm.present } }' > b.attpolicy
policyc build a.attpolicy b.attpolicy -o out
