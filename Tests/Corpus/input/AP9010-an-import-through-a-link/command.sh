mkdir Policies
echo 'the secret of somebody' > secret
ln -s ../secret Policies/shared.attpolicy
printf 'import "shared.attpolicy"\npolicy hello version 1.0.0 { require tpm { that tpm.present } }\n' > Policies/hello.attpolicy
policyc build Policies/hello.attpolicy -o out
