extension DiagnosticCatalog {
  /// SM17xx: values against what their nodes take.
  static let payloadValues: [DiagnosticRule] = [
    DiagnosticRule(
      "SM1701", .error, "a value is not spelled as its format asks",
      cause: "An int is a whole number, a bool is true or false, b64 is Base64, a time is ISO 8601.",
      example: "<Format xmlns=\"syncml:metinf\">int</Format> … <Data>eight</Data>",
      cure: "Write the value in the spelling named.",
      corrected: "<Format xmlns=\"syncml:metinf\">int</Format> … <Data>8</Data>"),
    DiagnosticRule(
      "SM1702", .error, "a value is not one of those allowed",
      cause:
        "The node takes a few values, and this is none of them; a device answers 500 or keeps its default.",
      example: "DeviceGuard/LsaCfgFlags: <Data>3</Data>",
      cure: "Write one of the values named.",
      corrected: "DeviceGuard/LsaCfgFlags: <Data>2</Data>"),
    DiagnosticRule(
      "SM1703", .error, "a number is out of range",
      cause: "The node takes numbers within bounds, and this one is outside.",
      example: "DeviceLock/MaxInactivityTimeDeviceLock: <Data>1000</Data>",
      cure: "Write a number within the bounds named.",
      corrected: "DeviceLock/MaxInactivityTimeDeviceLock: <Data>15</Data>"),
    DiagnosticRule(
      "SM1704", .error, "a value has a bit that means nothing",
      cause: "The node takes a sum of flags, and the value has a bit that none of them is.",
      example: "Defender/Configuration/PassiveRemediation: <Data>8</Data>",
      cure: "Add up only flags that are named.",
      corrected: "Defender/Configuration/PassiveRemediation: <Data>5</Data>"),
    DiagnosticRule(
      "SM1705", .error, "a node that holds no value is given one",
      cause: "Interior nodes (format node) and nodes of format null have no value of their own.",
      example: "<Format xmlns=\"syncml:metinf\">node</Format> … <Data>1</Data>",
      cure: "Remove Data, or name the child that the value is for.",
      corrected: "<Format xmlns=\"syncml:metinf\">node</Format>"),
    DiagnosticRule(
      "SM1706", .warning, "white space stands around a value",
      cause: "It comes from formatting the XML. Some CSPs overlook it, others refuse the number.",
      example: "<Data>\n  8\n</Data>",
      cure: "Write the value right between the tags.",
      corrected: "<Data>8</Data>"),
    DiagnosticRule(
      "SM1707", .error, "a value does not match the pattern of its node",
      cause: "The node takes text of a form that a regular expression in its DDF describes.",
      example: "Firewall/MdmStore/FirewallRules/Web/LocalPortRanges: <Data>80 to 90</Data>",
      cure: "Write the value in the form that the pattern asks for.",
      corrected: "Firewall/MdmStore/FirewallRules/Web/LocalPortRanges: <Data>80-90</Data>"),
    DiagnosticRule(
      "SM1708", .note, "a pattern is not run",
      cause:
        "The DDF has a pattern for the value or the name that is empty, is prose, or means different things to different "
        + "engines. Nothing is guessed.",
      example: "DnsClient/NRPT/{Policy Table Entry}: its pattern is empty",
      cure: "Compare the value with the description of the node.",
      corrected: "DnsClient/NRPT/Rule1"),
    DiagnosticRule(
      "SM1709", .error, "a name does not match the pattern of its node",
      cause:
        "The server chooses the name of a dynamic node, and its DDF describes with a regular expression what names "
        + "there are.",
      example: "./Device/Vendor/MSFT/Firewall/MdmStore/HyperVVMSettings/WSL",
      cure: "Write a name of the form that the pattern asks for.",
      corrected:
        "./Device/Vendor/MSFT/Firewall/MdmStore/HyperVVMSettings/{40E0AC32-46A5-438A-A0B2-2B479E8F2E90}"),
    DiagnosticRule(
      "SM1710", .error, "a list has the wrong delimiter",
      cause:
        "The items of a list are told apart by one character, which differs from node to node. With another one the "
        + "device takes the whole for a single item: a user right that names nobody has locked users out.",
      example: "UserRights/AllowLocalLogOn: <Data>*S-1-5-32-544;*S-1-5-32-545</Data>",
      cure: "Write the delimiter named; U+F000 is written &#xF000;.",
      corrected: "UserRights/AllowLocalLogOn: <Data>*S-1-5-32-544&#xF000;*S-1-5-32-545</Data>"),
    DiagnosticRule(
      "SM1711", .warning, "a list has an empty item",
      cause: "Two delimiters follow each other, or one begins the list.",
      example: "Defender/ExcludedExtensions: <Data>obj||lib</Data>",
      cure: "Write one delimiter between two items.",
      corrected: "Defender/ExcludedExtensions: <Data>obj|lib</Data>"),
    DiagnosticRule(
      "SM1712", .error, "the value of an ADMX policy begins with neither enabled nor disabled",
      cause:
        "A policy that comes from an ADMX file is switched on or off with an element, and has no number or word for a value.",
      example: "<Data>1</Data>",
      cure: "Begin the value with <enabled/> or <disabled/>, escaped.",
      corrected: "<Data>&lt;enabled/&gt;</Data>"),
    DiagnosticRule(
      "SM1713", .error, "the value of an ADMX policy is not well-formed",
      cause: "The value is a fragment of XML, and a device parses it as one.",
      example: "<Data>&lt;enabled/&gt;&lt;data id=Level value=\"1\"/&gt;</Data>",
      cure: "Mend the place that is pointed to.",
      corrected: "<Data>&lt;enabled/&gt;&lt;data id=\"Level\" value=\"1\"/&gt;</Data>"),
    DiagnosticRule(
      "SM1714", .error, "the value of an ADMX policy has something that does not belong there",
      cause:
        "Behind <enabled/> or <disabled/> stand only elements <data/>, each with an id and a value and nothing else.",
      example: "<Data>&lt;enabled/&gt;&lt;data id=\"Level\"/&gt;</Data>",
      cure: "Write <data id=\"…\" value=\"…\"/> for each element of the policy.",
      corrected: "<Data>&lt;enabled/&gt;&lt;data id=\"Level\" value=\"1\"/&gt;</Data>"),
    DiagnosticRule(
      "SM1715", .warning, "an ADMX policy is disabled and has data",
      cause: "Data are the settings of a policy that is enabled; a disabled one uses none.",
      example: "<Data>&lt;disabled/&gt;&lt;data id=\"Level\" value=\"1\"/&gt;</Data>",
      cure: "Remove the data, or enable the policy.",
      corrected: "<Data>&lt;disabled/&gt;</Data>"),
    DiagnosticRule(
      "SM1716", .warning, "an ADMX policy has two data with one id",
      cause: "Each element of a policy has one value; which of two a device takes is not defined.",
      example:
        "<Data>&lt;enabled/&gt;&lt;data id=\"A\" value=\"1\"/&gt;&lt;data id=\"A\" value=\"2\"/&gt;</Data>",
      cure: "Keep one of the two.",
      corrected: "<Data>&lt;enabled/&gt;&lt;data id=\"A\" value=\"2\"/&gt;</Data>"),
    DiagnosticRule(
      "SM1717", .warning, "a name in the value of an ADMX policy is in another case",
      cause:
        "XML tells capital letters from small ones, and the names are enabled, disabled, data, id and value.",
      example: "<Data>&lt;Enabled/&gt;</Data>",
      cure: "Write the names in lower case.",
      corrected: "<Data>&lt;enabled/&gt;</Data>"),
    DiagnosticRule(
      "SM1718", .error, "a value is not well-formed XML",
      cause: "The node takes a document of XML, and a device parses it as one.",
      example: "VPNv2/Work/ProfileXML: <Data>&lt;VPNProfile&gt;</Data>",
      cure: "Mend the place that is pointed to.",
      corrected: "VPNv2/Work/ProfileXML: <Data>&lt;VPNProfile/&gt;</Data>"),
    DiagnosticRule(
      "SM1719", .error, "a value is not JSON",
      cause: "The node takes JSON (RFC 8259), and a device parses it as such.",
      example: "DevicePreparation/PageSettings: <Data>{AgentDownloadTimeoutSeconds: 900}</Data>",
      cure: "Mend the place that is pointed to.",
      corrected: "DevicePreparation/PageSettings: <Data>{\"AgentDownloadTimeoutSeconds\": 900}</Data>"),
    DiagnosticRule(
      "SM1720", .error, "a value is not a security descriptor",
      cause:
        "The node takes security descriptors in their string form (SDDL): O:, G:, D: and S: with entries of six fields.",
      example: "FirewallRules/Web/LocalUserAuthorizedList: <Data>BUILTIN\\Users</Data>",
      cure: "Mend the place that is pointed to.",
      corrected: "FirewallRules/Web/LocalUserAuthorizedList: <Data>O:LSD:(A;;CC;;;BU)</Data>"),
    DiagnosticRule(
      "SM1721", .error, "XML in a value is escaped twice",
      cause:
        "A reader of XML takes one layer of references away; what is left begins with &lt; and is no XML.",
      example: "<Data>&amp;lt;enabled/&amp;gt;</Data>",
      cure: "Escape the XML once, or write it as it is in CDATA.",
      corrected: "<Data>&lt;enabled/&gt;</Data>"),
    DiagnosticRule(
      "SM1722", .note, "a value is the node's default, and outside of what its DDF allows",
      cause: "The facts of some nodes contradict each other; the default is taken for good.",
      example: "DeliveryOptimization/DOMinRAMAllowedToPeer: <Data>0</Data>",
      cure: "Nothing needs to be done; a device that refuses the value keeps it all the same.",
      corrected: "DeliveryOptimization/DOMinRAMAllowedToPeer: <Data>4</Data>"),
    DiagnosticRule(
      "SM1723", .warning, "a number does not fit into 32 bits",
      cause:
        "Windows keeps the value of an int in 32 bits, with or without a sign, and may cut off the rest.",
      example: "<Format xmlns=\"syncml:metinf\">int</Format> … <Data>4294967296</Data>",
      cure: "Write a number from -2147483648 to 4294967295.",
      corrected: "<Format xmlns=\"syncml:metinf\">int</Format> … <Data>4294967295</Data>"),
  ]
}
