policyc eventlog confidential.bin
