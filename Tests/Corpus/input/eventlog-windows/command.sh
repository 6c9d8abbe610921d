policyc eventlog windows.log --events
