extension DiagnosticCatalog {
  /// SM14xx: paths, whatever their nodes.
  static let payloadPaths: [DiagnosticRule] = [
    DiagnosticRule(
      "SM1401", .error, "a LocURI holds markup",
      cause:
        "A path is plain text. A tag, comment or CDATA section in it is lost or taken for a placeholder that nobody fills in.",
      example: "<LocURI>./Device/Vendor/MSFT/DMClient/Provider/<ProviderID>/HWDevID</LocURI>",
      cure: "Write the text alone.",
      corrected: "<LocURI>./Device/Vendor/MSFT/DMClient/Provider/MS%20DM%20Server/HWDevID</LocURI>"),
    DiagnosticRule(
      "SM1402", .error, "a LocURI does not begin with ./",
      cause: "Paths are relative to the root of the device's tree; MS-MDM does not allow a leading /.",
      example: "<LocURI>/Vendor/MSFT/DeviceStatus/OS/Edition</LocURI>",
      cure: "Begin with ./Device/ or ./User/ (./Vendor/ means ./Device/Vendor/).",
      corrected: "<LocURI>./Vendor/MSFT/DeviceStatus/OS/Edition</LocURI>"),
    DiagnosticRule(
      "SM1403", .error, "a segment of a LocURI is empty or relative",
      cause: "A device resolves neither .. nor . within a path, nor an empty segment, a * or a backslash.",
      example: "<LocURI>./Device//Vendor/MSFT/../MSFT/Reboot</LocURI>",
      cure: "Name every node once, with one / between two. A / within a name is %2F.",
      corrected: "<LocURI>./Device/Vendor/MSFT/Reboot</LocURI>"),
    DiagnosticRule(
      "SM1404", .error, "a LocURI has white space or a hidden character",
      cause: """
        A line feed, blank, no-break space or zero-width character is part of the name that the device looks for, and not found. It \
        comes from formatting the XML, or from copying out of a web page.
        """,
      example: "<LocURI>\n  ./Device/Vendor/MSFT/Reboot\n</LocURI>",
      cure: "Write the path on one line, right between the tags. A blank in a name is %20.",
      corrected: "<LocURI>./Device/Vendor/MSFT/Reboot</LocURI>"),
    DiagnosticRule(
      "SM1405", .error, "a LocURI asks for something that the command cannot use",
      cause: "Behind a path only ?list=StructData (in a Get) and ?prop=NAME have a meaning.",
      example: "<LocURI>./Vendor/MSFT/CertificateStore/My/User?list=All</LocURI>",
      cure: "Leave it out, or write ?list=StructData in a Get.",
      corrected: "<LocURI>./Vendor/MSFT/CertificateStore/My/User?list=StructData</LocURI>"),
    DiagnosticRule(
      "SM1406", .warning, "a character of a LocURI is not escaped",
      cause:
        "A path is a URI: within a name only letters, digits and a few marks stand for themselves, everything else is written as % and the hexadecimal digits of its UTF-8. Some CSPs take braces as they are, others answer 404.",
      example:
        "<LocURI>./Device/Vendor/MSFT/EnterpriseDesktopAppManagement/MSI/{AF9257BA-6BBD-4624-AA9B-0182D50292C3}</LocURI>",
      cure: "Escape the character.",
      corrected:
        "<LocURI>./Device/Vendor/MSFT/EnterpriseDesktopAppManagement/MSI/%7BAF9257BA-6BBD-4624-AA9B-0182D50292C3%7D</LocURI>"
    ),
    DiagnosticRule(
      "SM1407", .error, "a % in a LocURI begins no escape",
      cause:
        "A % in a path is followed by two hexadecimal digits that name a byte other than 0; a device cannot read any other.",
      example: "<LocURI>./Vendor/MSFT/DiagnosticLog/EtwLog/Channels/Contoso%Debug</LocURI>",
      cure: "Write the two digits; the % itself is %25.",
      corrected: "<LocURI>./Vendor/MSFT/DiagnosticLog/EtwLog/Channels/Contoso%2FDebug</LocURI>"),
  ]

  /// SM15xx: values, whatever their nodes.
  static let payloadTexts: [DiagnosticRule] = [
    DiagnosticRule(
      "SM1501", .error, "XML in a value is not escaped",
      cause:
        "A value is text. XML in it that is neither escaped nor in CDATA becomes part of the message, and the device answers 400.",
      example: "<Data><enabled/></Data>",
      cure:
        "Write < as &lt; (and & as &amp;), or put the value into a CDATA section. Escaped is safer: some servers verify what the device reports back.",
      corrected: "<Data>&lt;enabled/&gt;</Data>"),
    DiagnosticRule(
      "SM1502", .error, "a value begins with an XML declaration",
      cause: "Devices have been seen to stop working off their queue at a value that begins with <?xml … ?>.",
      example: "<Data>&lt;?xml version=\"1.0\"?&gt;&lt;Profile/&gt;</Data>",
      cure: "Begin the value with its first element.",
      corrected: "<Data>&lt;Profile/&gt;</Data>"),
    DiagnosticRule(
      "SM1503", .error, "a Format is not one of OMA DM's",
      cause: "OMA DM has b64, bin, bool, chr, date, float, int, node, null, time and xml, in small letters.",
      example: "<Format xmlns=\"syncml:metinf\">string</Format>",
      cure: "Write chr for a text and int for a whole number.",
      corrected: "<Format xmlns=\"syncml:metinf\">chr</Format>"),
    DiagnosticRule(
      "SM1504", .warning, "a command has a value that it does not use",
      cause: "A Get reads and a Delete removes; a device overlooks their Data.",
      example: "<Get><CmdID>1</CmdID><Item><Target> … </Target><Data>1</Data></Item></Get>",
      cure: "Remove Data, or write Replace if the value was to be set.",
      corrected: "<Get><CmdID>1</CmdID><Item><Target> … </Target></Item></Get>"),
    DiagnosticRule(
      "SM1505", .error, "a value is missing",
      cause: "The node takes a number, a truth value or a time, and the item has no Data.",
      example: "<Item><Target> … /MinDevicePasswordLength … </Target></Item>",
      cure: "Add Data with the value; write Delete to remove a setting.",
      corrected: "<Item><Target> … /MinDevicePasswordLength … </Target><Data>8</Data></Item>"),
    DiagnosticRule(
      "SM1506", .error, "a CDATA section stands in a CDATA section",
      cause:
        "CDATA sections do not nest: the first ]]> ends the outer one, and what follows is no longer part of it. The value is cut off, or the message is not well-formed.",
      example: "<Data><![CDATA[<a><![CDATA[1 < 2]]></a>]]></Data>",
      cure: "Split the inner end into two sections, or escape the value instead.",
      corrected: "<Data><![CDATA[<a><![CDATA[1 < 2]]]]><![CDATA[></a>]]></Data>"),
    DiagnosticRule(
      "SM1507", .warning, "a format is stated twice and differently",
      cause:
        "Meta in a command holds for all of its items, Meta in an item for this one. A device takes what the item says, a reader of the payload may take the other.",
      example:
        "<Replace><Meta><Format xmlns=\"syncml:metinf\">chr</Format></Meta><Item> … <Format xmlns=\"syncml:metinf\">int</Format> … </Item></Replace>",
      cure: "State it once, in the item.",
      corrected: "<Replace><Item> … <Format xmlns=\"syncml:metinf\">int</Format> … </Item></Replace>"),
  ]
}
