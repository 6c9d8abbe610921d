# An authority that the measured database does not have was added after boot.
policyc eventlog stranger.log | grep -v "^ .[0-9]  "
exit "${PIPESTATUS[0]}"
