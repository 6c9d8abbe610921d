policyc eventlog windows.log --pcrs pcrs.txt
echo "exit $?"
policyc eventlog windows.log --pcrs evidence.json
