echo > notes.txt
policyc build notes.txt/hello.attpolicy
