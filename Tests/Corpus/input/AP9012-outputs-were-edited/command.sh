printf 'policy hello version 1.0.0 { applies to windows 11 require tpm { that tpm.present } }' > hello.attpolicy
policyc build hello.attpolicy -o out
echo edited > out/hello.map.json
echo left > out/old.syncml.xml
rm out/hello.compiled.json
policyc build --verify out
policyc build --verify out --format github
