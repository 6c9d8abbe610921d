# Prints as JSON what the probes windows and recording read of registry, CIM, cmdlets and event logs. It changes nothing and
# reads no secret. docs/probes.md says how to run it.

$ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue';
$answers = [ordered]@{};
function ask($name, $question) {
  try { $answers[$name] = & $question }
  catch {
    $answers[$name] = @{ error = [string]$_.Exception.Message; kind = [string]$_.CategoryInfo.Reason;
      hresult = $_.Exception.HResult }
  }
};
ask 'CurrentVersion' {
Get-ItemProperty 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion' |
  Select-Object CurrentBuildNumber, UBR, EditionID
};
ask 'CodeIntegrityPolicy' {
Get-ItemProperty 'HKLM:\SYSTEM\CurrentControlSet\Control\CI\Policy' |
  Select-Object SkuPolicyRequired
};
ask 'Control' {
Get-ItemProperty 'HKLM:\SYSTEM\CurrentControlSet\Control' |
  Select-Object PEFirmwareType, SystemStartOptions
};
ask 'SafeBootOption' {
$key = 'HKLM:\SYSTEM\CurrentControlSet\Control\SafeBoot\Option';
if (Test-Path $key) { Get-ItemProperty $key | Select-Object OptionValue } else { @{ Absent = $true } }
};
ask 'MiniNT' {
@{ Present = Test-Path 'HKLM:\SYSTEM\CurrentControlSet\Control\MiniNT' }
};
ask 'Confirm-SecureBootUEFI' {
@{ Enabled = Confirm-SecureBootUEFI }
};
ask 'SecureBootState' {
Get-ItemProperty 'HKLM:\SYSTEM\CurrentControlSet\Control\SecureBoot\State' |
  Select-Object UEFISecureBootEnabled
};
ask 'Win32_ComputerSystem' {
Get-CimInstance Win32_ComputerSystem | Select-Object Manufacturer, Model, HypervisorPresent
};
ask 'Win32_BIOS' {
Get-CimInstance Win32_BIOS | Select-Object Manufacturer
};
ask 'Win32_SystemEnclosure' {
Get-CimInstance Win32_SystemEnclosure | Select-Object SMBIOSAssetTag
};
ask 'RDInfraAgent' {
$key = 'HKLM:\SOFTWARE\Microsoft\RDInfraAgent';
if (Test-Path $key) { Get-ItemProperty $key | Select-Object IsRegistered } else { @{ IsRegistered = 0 } }
};
ask 'Win32_DeviceGuard' {
Get-CimInstance Win32_DeviceGuard -Namespace root/Microsoft/Windows/DeviceGuard |
  Select-Object AvailableSecurityProperties, RequiredSecurityProperties, SecurityServicesConfigured,
    SecurityServicesRunning, VirtualizationBasedSecurityStatus
};
ask 'Get-MpComputerStatus' {
Get-MpComputerStatus | Select-Object AMServiceEnabled, RealTimeProtectionEnabled, IsTamperProtected,
  DefenderSignaturesOutOfDate, IsVirtualMachine
};
ask 'Get-TpmEndorsementKeyInfo' {
$key = Get-TpmEndorsementKeyInfo;
@{ ManufacturerCertificates = @($key.ManufacturerCertificates | Where-Object { $_ }).Count }
};
ask 'Win32_EncryptableVolume' {
$volume = Get-CimInstance Win32_EncryptableVolume -Namespace root/cimv2/Security/MicrosoftVolumeEncryption |
  Where-Object { $_.DriveLetter -eq $env:SystemDrive };
$protectors = Invoke-CimMethod $volume GetKeyProtectors -Arguments @{ KeyProtectorType = [uint32]3 };
$state = Invoke-CimMethod $volume GetConversionStatus;
$log = @{ LogName = 'Microsoft-Windows-BitLocker/BitLocker Management'; Id = 783, 784, 845 };
$events = Get-WinEvent -FilterHashtable $log -MaxEvents 256 -ErrorAction SilentlyContinue;
@{ ProtectionStatus = $volume.ProtectionStatus; VolumeStatus = $state.ConversionStatus;
  RecoveryProtectors = @($protectors.VolumeKeyProtectorID | Where-Object { $_ });
  BackedUpProtectors = @($events | ForEach-Object { ([xml]$_.ToXml()).Event.EventData.Data } |
    Where-Object { $_.Name -eq 'ProtectorGUID' } | ForEach-Object { $_.'#text' }) }
};
ask 'Enrollments' {
@(Get-ChildItem 'HKLM:\SOFTWARE\Microsoft\Enrollments' | ForEach-Object { Get-ItemProperty $_.PSPath } |
  Where-Object { $_.ProviderID } | Select-Object ProviderID, EnrollmentState, CurCryptoProvider)
};
ask 'Win32_Processor' {
@(Get-CimInstance Win32_Processor | Select-Object Architecture, DataWidth, NumberOfCores, MaxClockSpeed)
};
ask 'Win32_PhysicalMemory' {
@(Get-CimInstance Win32_PhysicalMemory | Select-Object Capacity)
};
ask 'MSFT_Disk' {
@(Get-CimInstance MSFT_Disk -Namespace root/Microsoft/Windows/Storage | Select-Object IsBoot, Size)
};
ask 'Win32_VideoController' {
@(Get-CimInstance Win32_VideoController | Select-Object CurrentVerticalResolution)
};
ask 'WmiMonitorBasicDisplayParams' {
@(Get-CimInstance WmiMonitorBasicDisplayParams -Namespace root/wmi |
  Select-Object Active, MaxHorizontalImageSize, MaxVerticalImageSize)
};
ask 'Get-Tpm' {
Get-Tpm | Select-Object TpmPresent, TpmReady, TpmEnabled, TpmActivated, TpmOwned, ManufacturerId,
  ManufacturerIdTxt, ManufacturerVersion, ManufacturerVersionFull20, LockedOut, LockoutCount, LockoutMax
};
ask 'Win32_Tpm' {
Get-CimInstance Win32_Tpm -Namespace root/cimv2/Security/MicrosoftTpm |
  Select-Object SpecVersion, ManufacturerId, ManufacturerIdTxt, ManufacturerVersion,
    ManufacturerVersionFull20, IsEnabled_InitialValue, IsActivated_InitialValue, IsOwned_InitialValue
};
$json = $answers | ConvertTo-Json -Depth 4 -Compress;
try { $json = [regex]::Replace($json, '[^ -~]', { param($m) '\u{0:x4}' -f [int][char]$m.Value }) } catch { };
$json
