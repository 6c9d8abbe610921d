printf '\377\376p\0o\0l\0i\0c\0y\0' > hello.attpolicy
policyc build hello.attpolicy
