printf 'policy hello version 1.0.0 { require tpm { that tpm.present == true } }' > hello.attpolicy
echo > out
policyc build hello.attpolicy -o out
