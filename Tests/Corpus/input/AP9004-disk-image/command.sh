truncate -s 100M disk.attpolicy
policyc build disk.attpolicy -o out
