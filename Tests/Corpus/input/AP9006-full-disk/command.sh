policyc explain AP9001 > /dev/full
