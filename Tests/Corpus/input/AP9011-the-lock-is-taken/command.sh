printf 'policy hello version 1.0.0 { require tpm { that tpm.present } }' > hello.attpolicy
lock=.policyc-lock-$(id -u)
for name in "$lock" "$lock"-{1..7}; do mkdir -p "out/$name"; done
policyc build hello.attpolicy -o out 2> errors
status=$?
sed "s/$lock/.policyc-lock-UID/" errors >&2
exit $status
