policyc eventlog windows.log --pcrs pcrs.txt --events --format json
