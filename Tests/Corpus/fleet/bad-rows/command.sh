policyc build laptops.attpolicy -o out >/dev/null
{
  echo 'device_name,os.build,tpm.present,tpm.version,tpm.ready,shoe size'
  echo 'PC-1,10.0.22631.3155,true,2.0,true,42'
  for number in {1..23}; do echo "PC-$number,10.0"; done
  echo 'PC-2,10.0.22631.3155,perhaps,2.0,true,42'
} > devices.csv
policyc report out/laptops.compiled.json --input devices.csv --lang en
echo "--- $?"
policyc report out/laptops.compiled.json --input devices.csv --lang en --format csv
echo "--- $?"
policyc report out/laptops.compiled.json --input - --format json < devices.csv
