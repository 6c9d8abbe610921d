policyc eventlog windows.log --pcrs pcrs.txt | head -5
exit "${PIPESTATUS[0]}"
