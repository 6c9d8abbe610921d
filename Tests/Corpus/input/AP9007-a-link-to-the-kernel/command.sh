mkdir Policies
ln -s /proc/self/environ Policies/hello.attpolicy
policyc build Policies -o out
