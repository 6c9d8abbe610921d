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
  ]
}
