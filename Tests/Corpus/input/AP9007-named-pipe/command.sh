mkfifo pipe.attpolicy
policyc build pipe.attpolicy -o out
