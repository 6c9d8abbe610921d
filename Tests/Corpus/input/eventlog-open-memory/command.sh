# Firmware says behind its separator that it left memory open to devices.
policyc eventlog open-memory.log --events | grep -e "^Secure Boot" -A 7 -e "DMA"
