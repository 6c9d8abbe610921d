policyc build input.attpolicy -o out
