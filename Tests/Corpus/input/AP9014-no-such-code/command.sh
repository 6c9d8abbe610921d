policyc explain SM1999
policyc explain tpm_not_redy
