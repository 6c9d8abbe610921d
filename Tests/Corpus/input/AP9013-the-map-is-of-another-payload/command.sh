printf 'policy p version 1.0.0 {
  applies to windows 11
  require tpm { that tpm.present }
  set ./Device/Vendor/MSFT/Policy/Config/DmaGuard/DeviceEnumerationPolicy = 0
}
' > p.attpolicy
policyc build p.attpolicy -o out
sed -i 's,<Data>0</Data>,<Data>1</Data>,' out/p.syncml.xml
policyc validate out/p.syncml.xml
