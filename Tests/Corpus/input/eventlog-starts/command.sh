# The logs of a start of Windows and of two resumes of it, in no order.
policyc eventlog resume-8.log resume-9.log start-7.log | sed -n -e '1,/^PCRs/p' -e '/^facts/,/^$/p' -e '/ counter /p'
exit "${PIPESTATUS[0]}"
