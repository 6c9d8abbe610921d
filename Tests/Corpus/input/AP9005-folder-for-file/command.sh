mkdir out
policyc validate out
