policyc eventlog - < linux.bin
