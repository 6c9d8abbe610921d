extension DiagnosticCatalog {
  /// SM13xx: commands, whatever their nodes.
  static let payloadCommands: [DiagnosticRule] = [
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
    DiagnosticRule(
      "SM1312", .error, "an Alert has no code",
      cause: "Data of an Alert is the number of what it is about; a device cannot answer one without.",
      example: "<Alert><CmdID>2</CmdID><Data>client event</Data></Alert>",
      cure: "Write the code.",
      corrected: "<Alert><CmdID>2</CmdID><Data>1224</Data> … </Alert>"),
    DiagnosticRule(
      "SM1313", .warning, "an Alert has a code that Windows does not use",
      cause:
        "Windows uses 1200 and 1201 (a session begins), 1222 (next message), 1223 (end of session), 1224 (event), 1225 (no end of data) and 1226 (generic). Others, such as those that show a text to a user, have no effect.",
      example: "<Alert><CmdID>2</CmdID><Data>1100</Data> … </Alert>",
      cure: "Write one of these codes, or remove the Alert.",
      corrected: "<Alert><CmdID>2</CmdID><Data>1226</Data> … </Alert>"),
    DiagnosticRule(
      "SM1314", .warning, "an Alert does not say what happened",
      cause:
        "Alerts 1224 and 1226 are about an event whose name is the Type in the Meta of their Item. Without it nobody can tell what is meant.",
      example: "<Alert><CmdID>2</CmdID><Data>1224</Data><Item><Data>user</Data></Item></Alert>",
      cure: "Add the Type.",
      corrected:
        "<Alert><CmdID>2</CmdID><Data>1224</Data><Item>\n  <Meta><Type xmlns=\"syncml:metinf\">com.microsoft/MDM/LoginStatus</Type></Meta><Data>user</Data>\n</Item></Alert>"
    ),
    DiagnosticRule(
      "SM1315", .warning, "a command has a Correlator",
      cause: "Correlators belong to OMA DM, but Windows does not support them: the answer will not carry it.",
      example: "<Exec><CmdID>2</CmdID><Correlator>abc</Correlator><Item> … </Item></Exec>",
      cure: "Remove it, and tell answers apart by CmdID.",
      corrected: "<Exec><CmdID>2</CmdID><Item> … </Item></Exec>"),
    DiagnosticRule(
      "SM1316", .error, "a Status is not usable",
      cause:
        "A Status answers one command: Cmd names it, CmdRef has its CmdID (0 with SyncHdr) and Data has a status code of three digits.",
      example:
        "<Status><CmdID>1</CmdID><MsgRef>1</MsgRef><CmdRef>2</CmdRef><Cmd>Replace</Cmd><Data>OK</Data></Status>",
      cure: "Write what the message of the finding expects.",
      corrected:
        "<Status><CmdID>1</CmdID><MsgRef>1</MsgRef><CmdRef>2</CmdRef><Cmd>Replace</Cmd><Data>200</Data></Status>"
    ),
    DiagnosticRule(
      "SM1317", .warning, "a Status has an unknown code",
      cause:
        "SyncML defines 101, 200 to 216, 300 to 305, 400 to 428 and 500 to 517; what stands in other codes is known to their writer only.",
      example: "<Status> … <Cmd>Get</Cmd><Data>299</Data></Status>",
      cure: "Write a code that SyncML defines.",
      corrected: "<Status> … <Cmd>Get</Cmd><Data>200</Data></Status>"),
    DiagnosticRule(
      "SM1318", .error, "an item of Results does not say of which node it is",
      cause: "Each Item of Results has the path of the node in Source and its value in Data.",
      example: "<Results> … <Item><Data>Contoso</Data></Item></Results>",
      cure: "Add the Source.",
      corrected:
        "<Results> … <Item><Source><LocURI>./DevInfo/Man</LocURI></Source><Data>Contoso</Data></Item></Results>"
    ),
    DiagnosticRule(
      "SM1319", .warning, "a payload has both commands and Results",
      cause:
        "A server sends commands, a device answers with Results. A device does nothing with Results that it gets.",
      example: "<Get> … </Get><Results> … </Results>",
      cure: "Remove one of the two: what is left of a copied answer, or the commands.",
      corrected: "<Get> … </Get>"),
    DiagnosticRule(
      "SM1320", .error, "a Copy is not carried out by Windows",
      cause:
        "The DM client of Windows carries out Add, Replace, Delete, Get, Exec, Atomic and Sequence, and no other command of OMA DM.",
      example: "<Copy><CmdID>1</CmdID> … </Copy>",
      cure: "Add the node with its value.",
      corrected: "<Add><CmdID>1</CmdID> … </Add>"),
  ]
}
