#!/usr/bin/env python3
"""generate_payload.py BYTES [--doctype FILE]: a SyncML message of about that size, which policyc and payload.dtd both accept.

Settings of many areas, each with the value that one organization gives it, some alone and some in an Atomic; questions;
firewall rules of a hundred offices under names of their own; removals and an Exec now and then. The same size gives the same message.
"""
import random
import sys

POLICY = "./Device/Vendor/MSFT/Policy/Config/"
SETTINGS = [
    (POLICY + path, "int", value)
    for path, value in [
        ("Update/AllowAutoUpdate", 4), ("Update/ActiveHoursStart", 8), ("Update/ActiveHoursEnd", 17),
        ("Update/DeferQualityUpdatesPeriodInDays", 7), ("Update/DeferFeatureUpdatesPeriodInDays", 60),
        ("Update/ConfigureDeadlineForFeatureUpdates", 7), ("Update/ConfigureDeadlineForQualityUpdates", 3),
        ("Update/ScheduledInstallDay", 0), ("Update/ScheduledInstallTime", 3), ("Update/BranchReadinessLevel", 16),
        ("DeviceLock/AllowIdleReturnWithoutPassword", 0), ("DeviceLock/MaxInactivityTimeDeviceLock", 15),
        ("DeviceLock/DevicePasswordHistory", 24), ("DeviceLock/DevicePasswordExpiration", 90),
        ("System/AllowTelemetry", 1), ("System/AllowLocation", 0), ("System/AllowStorageCard", 1),
        ("Defender/AllowRealtimeMonitoring", 1), ("Defender/AllowCloudProtection", 1), ("Defender/PUAProtection", 1),
        ("Defender/CloudBlockLevel", 2), ("Defender/DaysToRetainCleanedMalware", 30),
        ("Experience/AllowCortana", 0), ("Experience/AllowManualMDMUnenrollment", 0), ("Experience/AllowFindMyDevice", 0),
        ("Privacy/LetAppsAccessLocation", 2), ("Privacy/LetAppsAccessCamera", 0), ("Privacy/LetAppsAccessMicrophone", 0),
        ("Connectivity/AllowBluetooth", 2), ("Connectivity/AllowVPNOverCellular", 1), ("Wifi/AllowWiFi", 1),
        ("SmartScreen/EnableSmartScreenInShell", 1), ("SmartScreen/PreventOverrideForFilesInShell", 1),
        ("DeviceGuard/EnableVirtualizationBasedSecurity", 1), ("DeviceGuard/RequirePlatformSecurityFeatures", 3),
        ("Authentication/AllowFastReconnect", 1), ("Browser/AllowPasswordManager", 0), ("Search/AllowCloudSearch", 0),
        ("Start/HidePowerButton", 0), ("TextInput/AllowLinguisticDataCollection", 0), ("Power/EnergySaverBatteryThresholdOnBattery", 20),
    ]
] + [
    (POLICY + "Update/TargetReleaseVersion", "chr", "24H2"),
    (POLICY + "Update/ProductVersion", "chr", "Windows 11"),
    (POLICY + "Defender/ExcludedExtensions", "chr", "log|tmp"),
    (POLICY + "Defender/ExcludedPaths", "chr", "C:\\\\Build|D:\\\\Images"),
    ("./Device/Vendor/MSFT/BitLocker/RequireDeviceEncryption", "int", 1),
    ("./Device/Vendor/MSFT/BitLocker/AllowWarningForOtherDiskEncryption", "int", 0),
    ("./Device/Vendor/MSFT/BitLocker/SystemDrivesRequireStartupAuthentication", "chr",
     '&lt;enabled/&gt;&lt;data id="ConfigureNonTPMStartupKeyUsage_Name" value="false"/&gt;'
     '&lt;data id="ConfigureTPMUsageDropDown_Name" value="2"/&gt;'),
    ("./Device/Vendor/MSFT/Firewall/MdmStore/DomainProfile/EnableFirewall", "bool", "true"),
    ("./Device/Vendor/MSFT/Firewall/MdmStore/PublicProfile/EnableFirewall", "bool", "true"),
]
QUESTIONS = [
    "./DevDetail/SwV", "./DevDetail/Ext/Microsoft/OSPlatform", "./DevInfo/DevId", "./DevInfo/Man", "./DevInfo/Mod",
    "./Device/Vendor/MSFT/DeviceStatus/TPM/SpecificationVersion", "./Device/Vendor/MSFT/DeviceStatus/SecureBootState",
    "./Device/Vendor/MSFT/DeviceStatus/Compliance/EncryptionCompliance", "./Device/Vendor/MSFT/BitLocker/Status/DeviceEncryptionStatus",
    "./Device/Vendor/MSFT/Defender/Health/ComputerState", "./Device/Vendor/MSFT/HealthAttestation/Status",
] + [path for path, _, _ in SETTINGS if "Firewall" not in path]
OFFICES = 100
RULE = "./Device/Vendor/MSFT/Firewall/MdmStore/FirewallRules/"


class Message:
    def __init__(self):
        self.parts = []
        self.size = 0
        self.id = 0

    def line(self, depth, text):
        line = "  " * depth + text + "\n"
        self.parts.append(line)
        self.size += len(line)

    def number(self, depth):
        self.id += 1
        self.line(depth, f"<CmdID>{self.id}</CmdID>")

    def command(self, depth, verb, path, form=None, value=None):
        self.line(depth, f"<{verb}>")
        self.number(depth + 1)
        self.line(depth + 1, "<Item>")
        self.line(depth + 2, "<Target>")
        self.line(depth + 3, f"<LocURI>{path}</LocURI>")
        self.line(depth + 2, "</Target>")
        if form:
            self.line(depth + 2, "<Meta>")
            self.line(depth + 3, f'<Format xmlns="syncml:metinf">{form}</Format>')
            self.line(depth + 3, '<Type xmlns="syncml:metinf">text/plain</Type>')
            self.line(depth + 2, "</Meta>")
            self.line(depth + 2, f"<Data>{value}</Data>")
        self.line(depth + 1, "</Item>")
        self.line(depth, f"</{verb}>")


def message(size, doctype):
    r = random.Random(11)
    m = Message()
    m.line(0, '<?xml version="1.0" encoding="UTF-8"?>')
    if doctype:
        m.line(0, f'<!DOCTYPE SyncML SYSTEM "{doctype}">')
    m.line(0, '<SyncML xmlns="SYNCML:SYNCML1.2">')
    m.line(1, "<SyncHdr>")
    m.line(2, "<VerDTD>1.2</VerDTD>")
    m.line(2, "<VerProto>DM/1.2</VerProto>")
    m.line(2, "<SessionID>1</SessionID>")
    m.line(2, "<MsgID>1</MsgID>")
    m.line(2, "<Target><LocURI>urn:uuid:5b1c7f0e-1f5d-4a55-9a54-3f1f0d2b7c11</LocURI></Target>")
    m.line(2, "<Source><LocURI>https://mdm.example/sync</LocURI></Source>")
    m.line(1, "</SyncHdr>")
    m.line(1, "<SyncBody>")
    while m.size < size:
        kind = r.randrange(100)
        if kind < 55:
            m.command(2, "Replace", *r.choice(SETTINGS))
        elif kind < 75:
            m.command(2, "Get", r.choice(QUESTIONS))
        elif kind < 87:
            m.line(2, "<Atomic>")
            m.number(3)
            area = r.choice(SETTINGS)[0].split("/")[:5]
            same = [s for s in SETTINGS if s[0].split("/")[:5] == area]
            for setting in r.sample(same, min(len(same), r.randrange(2, 5))):
                m.command(3, "Replace", *setting)
            m.line(2, "</Atomic>")
        elif kind < 95:
            office = r.randrange(OFFICES)
            name = f"{RULE}Branch%20office%20{office}"
            m.line(2, "<Atomic>")
            m.number(3)
            m.command(3, "Replace", name + "/Enabled", "bool", "true")
            m.command(3, "Replace", name + "/Protocol", "int", (6, 17)[office % 2])
            m.command(3, "Replace", name + "/LocalPortRanges", "chr", ("80,443", "100-120,200", "3389")[office % 3])
            m.command(3, "Replace", name + "/Direction", "chr", ("IN", "OUT")[office % 2])
            m.line(2, "</Atomic>")
        elif kind < 99:
            m.command(2, "Delete", f"{RULE}Old%20rule%20{r.randrange(OFFICES)}")
        else:
            m.command(2, "Exec", "./Device/Vendor/MSFT/HealthAttestation/VerifyHealth")
        if len(m.parts) > 1 << 16:
            yield "".join(m.parts)
            m.parts.clear()
    m.line(2, "<Final/>")
    m.line(1, "</SyncBody>")
    m.line(0, "</SyncML>")
    yield "".join(m.parts)


if __name__ == "__main__":
    doctype = sys.argv[sys.argv.index("--doctype") + 1] if "--doctype" in sys.argv else None
    for part in message(int(sys.argv[1]), doctype):
        sys.stdout.write(part)
