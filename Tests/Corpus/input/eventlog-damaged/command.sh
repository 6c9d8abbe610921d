policyc eventlog cut.log
