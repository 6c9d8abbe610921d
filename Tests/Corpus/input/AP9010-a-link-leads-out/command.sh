mkdir Policies
echo 'the secret of somebody' > secret
ln -s ../secret Policies/hello.attpolicy
policyc build Policies -o out
