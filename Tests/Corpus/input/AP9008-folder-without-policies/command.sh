mkdir docs
policyc build docs -o out
