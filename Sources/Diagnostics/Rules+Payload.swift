extension DiagnosticCatalog {
  /// SM10xx to SM14xx: the form of payloads, as a DM client would take them.
  static let payloadForm: [DiagnosticRule] =
    payloadText + payloadStructure + payloadHeader + payloadCommands + payloadPaths

  /// SM10xx: the text of a payload as XML.
  private static let payloadText: [DiagnosticRule] = [
    DiagnosticRule(
      "SM1001", .error, "a payload is not well-formed XML",
      cause: """
        A tag is not closed or closed by another name, a quotation mark is curly, a & or < stands for itself, or the file ends \
        too early. A device refuses the whole message; a server may store it and fail later.
        """,
      example: "<Data>Tom & Jerry</Data>",
      cure:
        "Mend the XML at the place named. Write & as &amp; and < as &lt;, and quote attributes with straight quotes.",
      corrected: "<Data>Tom &amp; Jerry</Data>"),
    DiagnosticRule(
      "SM1002", .error, "a payload is beyond the size that is read",
      cause: "The file, one of its texts or the nesting of its elements is larger than any device takes.",
      example: "<Data> … 20 MB of text … </Data>",
      cure: "Split the payload into several.",
      corrected: "<Data> … </Data>"),
    DiagnosticRule(
      "SM1003", .error, "a payload has a document type declaration",
      cause: """
        Declarations and the entities in them can make a reader open files and addresses or fill its memory. SyncML has no use \
        for them, and they are never read.
        """,
      example: "<!DOCTYPE SyncML [<!ENTITY server \"https://mdm.example\">]>",
      cure: "Remove the declaration and write what its entities stand for.",
      corrected: "<SyncML xmlns=\"SYNCML:SYNCML1.2\">"),
    DiagnosticRule(
      "SM1004", .warning, "a payload has a processing instruction",
      cause: "SyncML has none, and servers that take payloads refuse them.",
      example: "<?xml-stylesheet href=\"view.xsl\"?>\n<Replace> … </Replace>",
      cure: "Remove it.",
      corrected: "<Replace> … </Replace>"),
    DiagnosticRule(
      "SM1005", .error, "a payload has no command",
      cause: """
        The file is empty, or has only comments, text or an empty body. A server takes it, the device has nothing to do, and the \
        profile is shown as applied.
        """,
      example: "<!-- BitLocker settings -->",
      cure: "Add the commands, or remove the file.",
      corrected: "<Replace>\n  <Item> … </Item>\n</Replace>"),
    DiagnosticRule(
      "SM1006", .error, "a payload does not begin with SyncML",
      cause:
        "The outermost element is neither SyncML nor SyncBody nor a command, so that nothing in it would be carried out.",
      example: "<Config><Replace> … </Replace></Config>",
      cure: "Begin with SyncML, SyncBody, Add, Replace, Delete, Get, Exec or Atomic.",
      corrected: "<Replace> … </Replace>"),
    DiagnosticRule(
      "SM1007", .error, "a message is in a wrong namespace",
      cause:
        "MS-MDM asks for the namespace SYNCML:SYNCML1.2, in exactly this spelling, on the outermost element.",
      example: "<SyncML xmlns=\"SYNCML:SYNCML1.1\">",
      cure: "Write the namespace of SyncML 1.2.",
      corrected: "<SyncML xmlns=\"SYNCML:SYNCML1.2\">"),
  ]

  /// SM11xx: which elements stand where.
  private static let payloadStructure: [DiagnosticRule] = [
    DiagnosticRule(
      "SM1101", .error, "an element is not part of SyncML",
      cause:
        "A name is misspelt, or belongs to another vocabulary. A device answers a command it cannot read with 400.",
      example: "<Replce><CmdID>1</CmdID> … </Replce>",
      cure: "Write the name that is meant.",
      corrected: "<Replace><CmdID>1</CmdID> … </Replace>"),
    DiagnosticRule(
      "SM1102", .error, "an element is in the wrong case",
      cause: "XML tells capital from small letters; <delete> is not <Delete>.",
      example: "<delete><CmdID>1</CmdID> … </delete>",
      cure: "Write the name as SyncML spells it.",
      corrected: "<Delete><CmdID>1</CmdID> … </Delete>"),
    DiagnosticRule(
      "SM1103", .error, "an element is in the wrong namespace",
      cause: """
        Format, Type and what else stands in Meta belong into the namespace syncml:metinf, all others into that of the message. \
        A device does not see a Format in another namespace. In a fragment this is a warning, since servers write the message anew.
        """,
      example: "<Meta><Format>int</Format></Meta>",
      cure: "Give the element the namespace named.",
      corrected: "<Meta><Format xmlns=\"syncml:metinf\">int</Format></Meta>"),
    DiagnosticRule(
      "SM1104", .error, "an element stands where it does not belong",
      cause: "SyncML has the element, but not in this parent.",
      example: "<Get><CmdID>1</CmdID><Target> … </Target></Get>",
      cure: "Put it into the element that holds it: Target, Meta and Data belong into an Item.",
      corrected: "<Get><CmdID>1</CmdID><Item><Target> … </Target></Item></Get>"),
    DiagnosticRule(
      "SM1105", .error, "elements are out of order",
      cause: """
        MS-MDM 2.2.2: a message 'MUST adhere to the explicit order defined in the DTD'. In an Item that is Target, Source, Meta, \
        Data. In a fragment this is a warning, since servers write the message anew.
        """,
      example: "<Item><Data>1</Data><Target> … </Target></Item>",
      cure: "Move the element to its place.",
      corrected: "<Item><Target> … </Target><Data>1</Data></Item>"),
    DiagnosticRule(
      "SM1106", .error, "an element is there twice",
      cause: "The parent takes one; which of the two a device would use is not said anywhere.",
      example: "<Item><Target> … </Target><Data>1</Data><Data>2</Data></Item>",
      cure: "Remove one, or write a second Item.",
      corrected: "<Item><Target> … </Target><Data>2</Data></Item>"),
    DiagnosticRule(
      "SM1107", .error, "an element is missing",
      cause: "The parent is not complete without it, and a device answers 400.",
      example: "<Get><CmdID>1</CmdID></Get>",
      cure: "Add the element.",
      corrected: "<Get><CmdID>1</CmdID><Item><Target> … </Target></Item></Get>"),
    DiagnosticRule(
      "SM1108", .error, "text stands between elements",
      cause: """
        Only elements belong here. Often the text is a no-break space (U+00A0) that a web page put where blanks were, or what is \
        left of a tag.
        """,
      example: "<Item>to do\n  <Target> … </Target></Item>",
      cure: "Remove the text, or make it a comment.",
      corrected: "<Item><!-- to do -->\n  <Target> … </Target></Item>"),
    DiagnosticRule(
      "SM1109", .error, "an element stands in one that takes none",
      cause: "CmdID, Format, Type and the like hold plain text; Final and NoResp hold nothing.",
      example: "<CmdID><Number>1</Number></CmdID>",
      cure: "Write the text alone.",
      corrected: "<CmdID>1</CmdID>"),
    DiagnosticRule(
      "SM1110", .warning, "an element has an attribute",
      cause: "No element of SyncML has attributes; a device overlooks it.",
      example: "<Replace name=\"BitLocker\">",
      cure: "Remove the attribute, or make it a comment.",
      corrected: "<Replace><!-- BitLocker -->"),
  ]

  /// SM12xx: header and end of a whole message.
  private static let payloadHeader: [DiagnosticRule] = [
    DiagnosticRule(
      "SM1201", .error, "a message has no header",
      cause:
        "A whole message tells its version, session, number, device and server in SyncHdr; without it a device refuses all of it.",
      example: "<SyncML xmlns=\"SYNCML:SYNCML1.2\"><SyncBody> … </SyncBody></SyncML>",
      cure:
        "Add SyncHdr. If a server adds header and CmdIDs, give it the commands alone, without SyncML and SyncBody.",
      corrected: """
        <SyncML xmlns="SYNCML:SYNCML1.2">
          <SyncHdr>
            <VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1</SessionID><MsgID>1</MsgID>
            <Target><LocURI>device</LocURI></Target><Source><LocURI>https://mdm.example</LocURI></Source>
          </SyncHdr>
          <SyncBody> … </SyncBody>
        </SyncML>
        """),
    DiagnosticRule(
      "SM1202", .error, "a message is of another version",
      cause:
        "Windows takes VerDTD 1.2 with VerProto DM/1.2. SyncML/1.2 is the protocol for calendars and contacts.",
      example: "<VerDTD>1.2</VerDTD><VerProto>SyncML/1.2</VerProto>",
      cure: "Write 1.2 and DM/1.2.",
      corrected: "<VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto>"),
    DiagnosticRule(
      "SM1203", .error, "a field of the header is not usable",
      cause:
        "SessionID has 1 to 4 bytes, messages of a session are numbered from 1, and Target and Source name device and server.",
      example: "<SessionID>session-1</SessionID><MsgID>0</MsgID>",
      cure: "Write what the message of the finding expects.",
      corrected: "<SessionID>1</SessionID><MsgID>1</MsgID>"),
    DiagnosticRule(
      "SM1204", .warning, "a message has no Final",
      cause:
        "Final marks the last message of a package. Without it a device asks for the next message and does not answer yet.",
      example: "<SyncBody><Get> … </Get></SyncBody>",
      cure: "Add Final behind the last command, unless another message of the package follows.",
      corrected: "<SyncBody><Get> … </Get><Final/></SyncBody>"),
  ]

  /// SM13xx: commands, whatever their nodes.
  private static let payloadCommands: [DiagnosticRule] = [
    DiagnosticRule(
      "SM1301", .error, "a command has no CmdID",
      cause: """
        MS-MDM 2.2.3.2: a CmdID 'MUST always be present'. Windows answers with an empty CmdID and status 400. In a fragment the \
        server adds it.
        """,
      example: "<SyncBody><Replace><Item> … </Item></Replace></SyncBody>",
      cure: "Begin the command with a CmdID that no other command of the message has.",
      corrected: "<SyncBody><Replace><CmdID>1</CmdID><Item> … </Item></Replace></SyncBody>"),
    DiagnosticRule(
      "SM1302", .error, "a CmdID is used twice",
      cause: """
        A device answers with the CmdID; the answers to two commands with the same one cannot be told apart. In a fragment this is a \
        warning, since servers number the commands anew.
        """,
      example: "<Add><CmdID>1</CmdID> … </Add><Add><CmdID>1</CmdID> … </Add>",
      cure: "Number the commands of a message one by one, those in an Atomic too.",
      corrected: "<Add><CmdID>1</CmdID> … </Add><Add><CmdID>2</CmdID> … </Add>"),
    DiagnosticRule(
      "SM1303", .error, "a CmdID is 0 or empty",
      cause:
        "MS-MDM 2.2.3.2: a CmdID 'MUST NOT be the string 0', which stands for the header in a device's answers.",
      example: "<Add><CmdID>0</CmdID> … </Add>",
      cure: "Number from 1.",
      corrected: "<Add><CmdID>1</CmdID> … </Add>"),
    DiagnosticRule(
      "SM1304", .error, "a Get stands inside an Atomic",
      cause:
        "Windows does not support it: the Get is answered with 500, the Atomic with 507, and all of it is rolled back.",
      example: "<Atomic><CmdID>1</CmdID><Get><CmdID>2</CmdID> … </Get></Atomic>",
      cure: "Move the Get behind the Atomic.",
      corrected: "<Atomic><CmdID>1</CmdID> … </Atomic><Get><CmdID>2</CmdID> … </Get>"),
    DiagnosticRule(
      "SM1305", .error, "an Atomic stands inside an Atomic",
      cause: "Windows does not nest them: the inner one is answered with 500, the outer one with 507.",
      example: "<Atomic><CmdID>1</CmdID><Atomic><CmdID>2</CmdID> … </Atomic></Atomic>",
      cure: "Put the commands into one Atomic, or write two one after the other.",
      corrected: "<Atomic><CmdID>1</CmdID> … </Atomic>"),
    DiagnosticRule(
      "SM1306", .error, "an Atomic or a Sequence is empty",
      cause: "It must hold at least one command; a device answers 400.",
      example: "<Atomic><CmdID>1</CmdID></Atomic>",
      cure: "Put the commands into it, or remove it.",
      corrected: "<Atomic><CmdID>1</CmdID><Replace><CmdID>2</CmdID> … </Replace></Atomic>"),
    DiagnosticRule(
      "SM1307", .error, "an Exec has more than one item",
      cause: "Unlike other commands an Exec takes exactly one Item.",
      example: "<Exec><CmdID>1</CmdID><Item> … </Item><Item> … </Item></Exec>",
      cure: "Write one Exec for each.",
      corrected: "<Exec><CmdID>1</CmdID><Item> … </Item></Exec><Exec><CmdID>2</CmdID><Item> … </Item></Exec>"),
    DiagnosticRule(
      "SM1308", .error, "an item names no node",
      cause: "Add, Replace, Delete, Get and Exec act on the node in Target/LocURI; the item has none.",
      example: "<Replace><CmdID>1</CmdID><Item><Data>1</Data></Item></Replace>",
      cure: "Add a Target with the path of the node.",
      corrected: """
        <Replace><CmdID>1</CmdID><Item>
          <Target><LocURI>./Device/Vendor/MSFT/Policy/Config/DeviceLock/MinDevicePasswordLength</LocURI></Target>
          <Data>8</Data>
        </Item></Replace>
        """),
    DiagnosticRule(
      "SM1309", .warning, "an Atomic mixes unrelated nodes",
      cause: """
        One setting that a device refuses, because its build or edition lacks the node, undoes all others of the Atomic. Settings of \
        different CSPs seldom need to change together.
        """,
      example: "<Atomic> … BitLocker/RequireDeviceEncryption … WiFi/Profile/Home/WlanXml … </Atomic>",
      cure: "Use an Atomic only for settings that must change together.",
      corrected:
        "<Replace> … BitLocker/RequireDeviceEncryption … </Replace><Add> … WiFi/Profile/Home/WlanXml … </Add>"
    ),
    DiagnosticRule(
      "SM1310", .error, "an Atomic adds a node and replaces it",
      cause: "Windows does not support an Add followed by a Replace of the same node within one Atomic.",
      example: "<Atomic><Add> … ./A … </Add><Replace> … ./A … </Replace></Atomic>",
      cure: "Give the value in the Add, or move the Replace behind the Atomic.",
      corrected: "<Atomic><Add> … ./A … </Add></Atomic><Replace> … ./A … </Replace>"),
    DiagnosticRule(
      "SM1311", .warning, "a node is added twice",
      cause: "The second Add finds the node there and is answered with 418.",
      example: "<Add> … ./A … </Add><Add> … ./A … </Add>",
      cure: "Remove one, or write Replace for the second.",
      corrected: "<Add> … ./A … </Add>"),
  ]

  /// SM14xx and SM15xx: paths and values, whatever their nodes.
  private static let payloadPaths: [DiagnosticRule] = [
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
  ]
}
