policyc build Policies/helo.attpolicy -o out
