extension DiagnosticCatalog {
  /// SM10xx to SM15xx: the form of payloads, as a DM client would take them.
  static let payloadForm: [DiagnosticRule] =
    payloadText + payloadStructure + payloadHeader + payloadCommands + payloadPaths + payloadTexts

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
      example: "<SyncML xmlns=\"syncml:syncml1.2\">",
      cure: "Write the namespace of SyncML 1.2.",
      corrected: "<SyncML xmlns=\"SYNCML:SYNCML1.2\">"),
    DiagnosticRule(
      "SM1008", .note, "a message is of SyncML 1.1",
      cause:
        "Windows documents SyncML 1.2 in MS-MDM, and samples in both. A message of 1.1 is judged by the same rules, with VerDTD 1.1 and VerProto DM/1.1.",
      example: "<SyncML xmlns=\"SYNCML:SYNCML1.1\">",
      cure: "Write SyncML 1.2 in what is new.",
      corrected: "<SyncML xmlns=\"SYNCML:SYNCML1.2\">"),
    DiagnosticRule(
      "SM1009", .error, "a file holds more than one payload",
      cause:
        "A file is one message, one SyncBody or any number of commands. What follows a whole message, or stands before it, would not be read with it.",
      example: "<SyncML xmlns=\"SYNCML:SYNCML1.2\"> … </SyncML>\n<Replace> … </Replace>",
      cure: "Write one file for each message, or put the commands into its SyncBody.",
      corrected: "<SyncML xmlns=\"SYNCML:SYNCML1.2\"> … <Replace> … </Replace> … </SyncML>"),
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
        A device does not see a Format in another namespace, and takes the value for text. For Type and the others, which a device can \
        do without, and in a fragment, which servers write anew, this is a warning.
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
    DiagnosticRule(
      "SM1205", .error, "commands are sent without a message around them",
      cause:
        "validate --as-message judges a fragment as if it were sent as it is. A device reads a SyncML message with SyncHdr and SyncBody, and nothing else.",
      example: "<Replace><CmdID>1</CmdID> … </Replace>",
      cure: "Write the whole message, or leave --as-message out if a server writes it.",
      corrected:
        "<SyncML xmlns=\"SYNCML:SYNCML1.2\"><SyncHdr> … </SyncHdr><SyncBody>\n  <Replace><CmdID>1</CmdID> … </Replace><Final/>\n</SyncBody></SyncML>"
    ),
  ]
}
