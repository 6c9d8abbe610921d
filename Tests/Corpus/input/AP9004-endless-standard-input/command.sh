policyc build - < /dev/zero
