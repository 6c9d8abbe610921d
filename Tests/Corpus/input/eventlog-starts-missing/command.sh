# The log of the resume in between is missing.
policyc eventlog resume-9.log start-7.log --format json
