-- One row a host for `policyc report --mapping osquery`. Without administrator rights osquery has nothing of the TPM and of BitLocker, which is
-- then unknown in the report.
SELECT
  s.computer_name AS "system_info.computer_name",
  s.uuid AS "system_info.uuid",
  s.cpu_type AS "system_info.cpu_type",
  s.cpu_physical_cores AS "system_info.cpu_physical_cores",
  s.cpu_sockets AS "system_info.cpu_sockets",
  s.physical_memory AS "system_info.physical_memory",
  s.hardware_vendor AS "system_info.hardware_vendor",
  s.hardware_model AS "system_info.hardware_model",
  s.hardware_version AS "system_info.hardware_version",
  o.name AS "os_version.name",
  o.version AS "os_version.version",
  o.platform AS "os_version.platform",
  o.arch AS "os_version.arch",
  o.build AS "os_version.build",
  o.revision AS "os_version.revision",
  t.manufacturer_name AS "tpm_info.manufacturer_name",
  t.spec_version AS "tpm_info.spec_version",
  t.enabled AS "tpm_info.enabled",
  t.activated AS "tpm_info.activated",
  t.owned AS "tpm_info.owned",
  p.vendor AS "platform_info.vendor",
  p.firmware_type AS "platform_info.firmware_type",
  c.smbios_tag AS "chassis_info.smbios_tag",
  b.drive_letter AS "bitlocker_info.drive_letter",
  b.conversion_status AS "bitlocker_info.conversion_status",
  b.protection_status AS "bitlocker_info.protection_status",
  b.encryption_method AS "bitlocker_info.encryption_method",
  r.secure_boot AS "secureboot.secure_boot",
  r.setup_mode AS "secureboot.setup_mode",
  d.vbs_status AS "deviceguard_status.vbs_status",
  d.configured_security_services AS "deviceguard_status.configured_security_services",
  d.running_security_services AS "deviceguard_status.running_security_services",
  w.antivirus AS "windows_security_center.antivirus",
  w.firewall AS "windows_security_center.firewall",
  -- The agent of Azure Virtual Desktop where there is one, else any service, which says that there is none.
  COALESCE(
    (SELECT name FROM services WHERE name = 'RDAgentBootLoader'),
    (SELECT name FROM services LIMIT 1)) AS "services.name"
FROM system_info s
CROSS JOIN os_version o
LEFT JOIN tpm_info t ON 1
LEFT JOIN platform_info p ON 1
LEFT JOIN chassis_info c ON 1
LEFT JOIN bitlocker_info b
  ON b.drive_letter = (SELECT device_id FROM logical_drives WHERE boot_partition = 1)
LEFT JOIN secureboot r ON 1
LEFT JOIN deviceguard_status d ON 1
LEFT JOIN windows_security_center w ON 1;
