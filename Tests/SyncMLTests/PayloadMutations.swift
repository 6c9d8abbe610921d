import Diagnostics

extension PayloadMutation {
  static let all: [PayloadMutation] = structure + header + commandForm + paths + values + answers + markup

  private static let header: [PayloadMutation] = [
    PayloadMutation(
      "SyncHdr is dropped", "SM1201", fragments: false, apply: drop(["SyncHdr"], of: ["SyncML"])),
    PayloadMutation(
      "a field of the header is dropped", "SM1107", fragments: false,
      apply: drop(["VerDTD", "VerProto", "SessionID", "MsgID", "Target", "Source"], of: ["SyncHdr"])),
    PayloadMutation(
      "a field of the header is there twice", "SM1106", fragments: false,
      apply: double(["VerDTD", "VerProto", "SessionID", "MsgID", "Target", "Source"], of: ["SyncHdr"])),
    PayloadMutation(
      "there are two headers", "SM1106", fragments: false, apply: double(["SyncHdr"], of: ["SyncML"])),
    PayloadMutation(
      "the version is another", "SM1202", fragments: false,
      apply: at(["VerDTD", "VerProto"]) { $0.text = $0.name == "VerDTD" ? "1.1" : "SyncML/1.2" }),
    PayloadMutation(
      "a number of the header is none", "SM1203", fragments: false,
      apply: at(["SessionID", "MsgID"]) { $0.text = "first" }),
    PayloadMutation(
      "the header ends a file that goes on with a second message", "SM1009", fragments: false,
      apply: text { source, _ in source + source }),
    PayloadMutation(
      "the root is called something else", "SM1006", apply: at(["SyncML"]) { $0.name = "Config" }),
    PayloadMutation(
      "the message is of SyncML 1.1", "SM1008", fragments: false,
      apply: at(["SyncML"]) { $0.attributes = " xmlns=\"SYNCML:SYNCML1.1\"" }),
    PayloadMutation("Final is dropped", "SM1204", fragments: false, apply: drop(["Final"], of: ["SyncBody"])),
    PayloadMutation(
      "Final is there twice", "SM1106", fragments: false, apply: double(["Final"], of: ["SyncBody"])),
    PayloadMutation(
      "Final is not last", "SM1105", fragments: false,
      apply: at(["SyncBody"]) { $0.children.reverse() }),
    PayloadMutation(
      "the namespace is another", "SM1007", fragments: false,
      apply: at(["SyncML"]) { $0.attributes = " xmlns=\"SYNCML:SYNCML1.0\"" }),
    PayloadMutation(
      "the namespace is dropped", "SM1007", fragments: false, apply: at(["SyncML"]) { $0.attributes = "" }),
  ]

  private static let structure: [PayloadMutation] = [
    PayloadMutation(
      "Item is dropped", "SM1107", apply: drop(["Item"], of: ["Add", "Replace", "Delete", "Get", "Exec"])),
    PayloadMutation("LocURI is dropped", "SM1107", apply: drop(["LocURI"], of: ["Target", "Source"])),
    PayloadMutation("Target is dropped", "SM1308", apply: drop(["Target"], of: ["Item"])),
    PayloadMutation(
      "a command is cut out of its body", "SM1005", apply: at(["SyncBody"]) { $0.children = [] }),
    PayloadMutation(
      "a part of an Item is there twice", "SM1106", apply: double(["Target", "Meta", "Data"], of: ["Item"])),
    PayloadMutation(
      "a part of Meta is there twice", "SM1106", apply: double(["Format", "Type"], of: ["Meta"])),
    PayloadMutation("LocURI is there twice", "SM1106", apply: double(["LocURI"], of: ["Target", "Source"])),
    PayloadMutation(
      "two parts of an Item change places", "SM1105",
      apply: at(["Item"], where: { $0.children.count > 1 }) { $0.children.swapAt(0, 1) }),
    PayloadMutation(
      "an Item stands before the CmdID", "SM1105",
      apply: at(commands, where: { $0.child("CmdID") != nil }) {
        $0.children.reverse()
      }),
    PayloadMutation(
      "an element is misspelt", "SM1101", "SM1006",
      apply: { tree, generator in
        guard let element = tree.all.dropFirst().randomElement(using: &generator)?.element else { return nil }
        element.name += "s"
        return .tree
      }),
    PayloadMutation(
      "an element is in the wrong case", "SM1102",
      apply: { tree, generator in
        guard let element = tree.all.randomElement(using: &generator)?.element else { return nil }
        element.name = Bool.random(using: &generator) ? element.name.lowercased() : element.name.uppercased()
        return .tree
      }),
    PayloadMutation(
      "a part of an Item is moved out of it", "SM1104",
      apply: { tree, generator in
        let places = tree.all.filter { commands.contains($0.element.name) && $0.element.child("Item") != nil }
        guard let command = places.randomElement(using: &generator)?.element,
          let item = command.child("Item"),
          let part = item.children.filter({ $0.name != "Meta" }).randomElement(using: &generator)
        else { return nil }
        item.remove(part)
        command.children.append(part)
        return .tree
      }),
    PayloadMutation(
      "Format stands outside of Meta", "SM1104",
      apply: at(["Item"], where: { $0.child("Meta") != nil }) { item in
        if let meta = item.child("Meta") { item.replace(meta, with: meta.children) }
      }),
    PayloadMutation(
      "a command stands in a command", "SM1104",
      apply: at(commands) { $0.children.append($0.copy()) }),
    PayloadMutation(
      "Format is not in metinf", "SM1103", fragments: false, apply: at(["Format"]) { $0.attributes = "" }),
    PayloadMutation(
      "Type is not in metinf", "SM1103", isTaken: true, apply: at(["Type"]) { $0.attributes = "" }),
    PayloadMutation(
      "an element is in a foreign namespace", "SM1103",
      apply: at(commands.union(["Item", "Target", "Data", "CmdID"])) {
        $0.attributes = " xmlns=\"urn:other\""
      }),
    PayloadMutation(
      "text stands between elements", "SM1108",
      apply: { tree, generator in
        let places = tree.all.map(\.element).filter { !$0.children.isEmpty }
        guard let place = places.randomElement(using: &generator) else { return nil }
        place.text = ["to do", "\u{A0}", "&#x200B;", "<![CDATA[x]]>"].randomElement(using: &generator) ?? ""
        return .tree
      }),
    PayloadMutation(
      "an element stands where text does", "SM1109",
      apply: at(["CmdID", "Format", "Type", "VerDTD", "SessionID"]) { $0.children = [Markup("b")] }),
    PayloadMutation(
      "Final holds something", "SM1109", "SM1108", apply: at(["Final"]) { $0.children = [Markup("b")] }),
    PayloadMutation(
      "an element has an attribute", "SM1110", apply: at(commands) { $0.attributes = " id=\"1\"" }),
  ]

  private static let commandForm: [PayloadMutation] = [
    PayloadMutation(
      "a CmdID is dropped", "SM1301", fragments: false, apply: drop(["CmdID"], of: commands.union(groups))),
    PayloadMutation(
      "a CmdID is there twice in its command", "SM1106", apply: double(["CmdID"], of: commands.union(groups))),
    PayloadMutation(
      "two commands have one CmdID", "SM1302",
      apply: { tree, generator in
        let ids = tree.all(named: ["CmdID"])
        guard ids.count > 1, let first = ids.first,
          let other = ids.dropFirst().randomElement(using: &generator)
        else {
          return nil
        }
        other.text = first.text
        return .tree
      }),
    PayloadMutation(
      "a CmdID is 0 or empty", "SM1303", apply: at(["CmdID"]) { $0.text = $0.text.count > 1 ? "" : "0" }),
    PayloadMutation(
      "an Atomic is put around an Atomic", "SM1305",
      apply: child(["Atomic"], of: ["SyncBody"]) { atomic, body in
        body.replace(atomic, with: [Markup("Atomic", [Markup("CmdID", text: "901"), atomic])])
      }),
    PayloadMutation(
      "a Get is moved into an Atomic", "SM1304",
      apply: child(commands, of: ["SyncBody", "Atomic"]) { command, parent in
        let get = command.copy()
        get.name = "Get"
        get.child("CmdID")?.text = "902"
        if parent.name == "Atomic" {
          parent.children.append(get)
        } else {
          parent.replace(command, with: [Markup("Atomic", [Markup("CmdID", text: "903"), get])])
        }
      }),
    PayloadMutation(
      "an Atomic loses its commands", "SM1306",
      apply: at(groups) { $0.children.removeAll { $0.name != "CmdID" } }),
    PayloadMutation(
      "an Atomic is joined by another CSP", "SM1309",
      apply: at(["Atomic"]) { atomic in
        let node = Markup("LocURI", text: "./Vendor/MSFT/WiFi/Profile/X")
        let item = Markup("Item", [Markup("Target", [node])])
        atomic.children.append(Markup("Delete", [Markup("CmdID", text: "908"), item]))
      }),
    PayloadMutation("a Replace becomes a Copy", "SM1320", apply: at(["Replace"]) { $0.name = "Copy" }),
    PayloadMutation(
      "an Exec has two items", "SM1307",
      apply: at(["Exec"]) { $0.children.append($0.child("Item")?.copy() ?? Markup("Item")) }),
    PayloadMutation(
      "an Atomic adds a node and replaces it", "SM1310",
      apply: child(["Replace"], of: ["SyncBody", "Atomic"]) { command, parent in
        let add = command.copy()
        add.name = "Add"
        add.child("CmdID")?.text = "904"
        let pair = [add, command]
        parent.replace(
          command,
          with: parent.name == "Atomic" ? pair : [Markup("Atomic", [Markup("CmdID", text: "905")] + pair)])
      }),
    PayloadMutation(
      "a node is added twice", "SM1311",
      apply: child(["Replace", "Add"], of: ["SyncBody"]) { command, body in
        command.name = "Add"
        let again = command.copy()
        again.child("CmdID")?.text = "906"
        body.replace(command, with: [command, again])
      }),
    PayloadMutation(
      "a command states another format than its item", "SM1507",
      apply: at(
        commands,
        where: { $0.child("CmdID") != nil && $0.child("Item")?.child("Meta")?.child("Format") != nil }
      ) {
        command in
        let meta = Markup("Meta", [Markup("Format", " xmlns=\"syncml:metinf\"", text: "xml")])
        command.children.insert(meta, at: 1)
      }),
    PayloadMutation(
      "an Exec has a Correlator", "SM1315",
      apply: at(["Exec"], where: { $0.child("CmdID") != nil }) {
        $0.children.insert(Markup("Correlator", text: "a"), at: 1)
      }),
    PayloadMutation(
      "Results stand among the commands", "SM1319",
      apply: at(["SyncBody"], where: { !commands.isDisjoint(with: $0.children.map(\.name)) }) { body in
        let source = Markup("Source", [Markup("LocURI", text: "./DevInfo/Man")])
        body.children.insert(
          Markup(
            "Results",
            [
              Markup("CmdID", text: "907"), Markup("MsgRef", text: "1"), Markup("CmdRef", text: "1"),
              Markup("Item", [source, Markup("Data", text: "x")]),
            ]), at: 0)
      }),
  ]

  private static let paths: [PayloadMutation] = [
    PayloadMutation(
      "a path gets white space", "SM1404",
      apply: { tree, generator in
        let space =
          ["\n", " ", "\t", "\u{A0}", "\u{200B}", "\u{FEFF}"].randomElement(using: &generator) ?? ""
        return path { $0.replacing("/", with: "/\(space)", maxReplacements: 1) }(tree, &generator)
      }),
    PayloadMutation("a path ends in a line feed", "SM1404", apply: path { $0 + "\n  " }),
    PayloadMutation("a path begins with a slash", "SM1402", apply: path { String($0.dropFirst()) }),
    PayloadMutation("a path begins with a name", "SM1402", apply: path { String($0.dropFirst(2)) }),
    PayloadMutation("a path is empty", "SM1402", apply: path { _ in "" }),
    PayloadMutation("a path has an empty segment", "SM1403", apply: path { $0.replacing("/", with: "//") }),
    PayloadMutation("a path ends in a slash", "SM1403", apply: path { $0 + "/" }),
    PayloadMutation("a path goes up", "SM1403", apply: path { $0 + "/../X" }),
    PayloadMutation("a path has a dot within", "SM1403", apply: path { "./." + $0.dropFirst() }),
    PayloadMutation("a path has a star", "SM1403", apply: path { $0 + "/*" }),
    PayloadMutation(
      "a path has a backslash", "SM1403", apply: path { $0.replacing("/Vendor/", with: "\\Vendor/") + "\\x" }),
    PayloadMutation(
      "a path has a character that must be escaped", "SM1406",
      apply: { tree, generator in
        let character = ["ä", "^", "\"", "|", "[", "#", "`", "日"].randomElement(using: &generator) ?? ""
        return path { $0 + character }(tree, &generator)
      }),
    PayloadMutation("a path has a broken escape", "SM1407", apply: path { $0 + "%zz" }),
    PayloadMutation("a path has half an escape", "SM1407", apply: path { $0 + "%2" }),
    PayloadMutation("a path asks for what is not known", "SM1405", apply: path { $0 + "?list=All" }),
    PayloadMutation("a path has a comment", "SM1401", apply: path { $0 + "<!-- x -->" }),
    PayloadMutation("a path has an element", "SM1401", apply: path { $0 + "<b/>" }),
    PayloadMutation("a path is a CDATA section", "SM1401", apply: path { "<![CDATA[\($0)]]>" }),
  ]

  private static let values: [PayloadMutation] = [
    PayloadMutation(
      "a value is XML of the message", "SM1501", apply: at(["Data"]) { $0.children = [Markup("enabled")] }),
    PayloadMutation(
      "a value begins with an XML declaration", "SM1502",
      apply: child(["Data"], of: ["Item"], where: { $1.child("Target") != nil }) { data, _ in
        data.text = "&lt;?xml version=\"1.0\"?&gt;&lt;a/&gt;"
      }),
    PayloadMutation("a format is none", "SM1503", apply: at(["Format"]) { $0.text = "integer" }),
    PayloadMutation(
      "a Get has a value", "SM1504",
      apply: child(["Item"], of: ["Get", "Delete"]) { item, _ in
        item.children.append(Markup("Data", text: "1"))
      }),
    PayloadMutation(
      "a number is dropped", "SM1505", apply: number { $0.children.removeAll { $0.name == "Data" } }),
    PayloadMutation(
      "a CDATA section stands in another", "SM1506",
      apply: child(["Data"], of: ["Item"], where: { $1.child("Target") != nil }) { data, _ in
        data.text = "<![CDATA[<a><![CDATA[1]]>"
      }),
    PayloadMutation(
      "a CDATA section stands whole in another", "SM1001",
      apply: at(["Data"]) { $0.text = "<![CDATA[<a><![CDATA[1]]></a>]]>" }),
    PayloadMutation(
      "a number states the format chr", "SM1606",
      apply: number { $0.child("Meta")?.child("Format")?.text = "chr" }),
    PayloadMutation(
      "a number states no format", "SM1607", apply: number { $0.children.removeAll { $0.name == "Meta" } }),
    PayloadMutation("a number is none", "SM1701", apply: number { $0.child("Data")?.text = "some" }),
    PayloadMutation(
      "a number is not allowed", "SM1702", "SM1703", "SM1701",
      apply: number { $0.child("Data")?.text = "-99999999999999" }),
    PayloadMutation(
      "a number has blanks around it", "SM1706",
      apply: number { item in
        if let data = item.child("Data") { data.text = " \(data.text) " }
      }),
    PayloadMutation(
      "a node is misspelt", "SM1601", apply: number { $0.child("Target")?.child("LocURI")?.text += "Xyz" }),
    PayloadMutation(
      "a node is in another case", "SM1604",
      apply: number { item in
        guard let path = item.child("Target")?.child("LocURI") else { return }
        path.text = path.text.replacing("/Policy/Config/", with: "/policy/config/")
      }),
    PayloadMutation(
      "a node is in the other scope", "SM1603",
      apply: number { item in
        guard let path = item.child("Target")?.child("LocURI") else { return }
        path.text = path.text.replacing("./Device/", with: "./User/").replacing(
          "./Vendor/", with: "./User/Vendor/")
      }),
    PayloadMutation(
      "a setting is executed", "SM1605",
      apply: at(
        ["Replace"],
        where: {
          $0.child("Item")?.child("Target")?.child("LocURI")?.text.contains("/Policy/Config/") == true
        }
      ) {
        $0.name = "Exec"
      }),
  ]

  private static let answers: [PayloadMutation] = [
    PayloadMutation("an Alert has no code", "SM1312", apply: drop(["Data"], of: ["Alert"])),
    PayloadMutation(
      "the code of an Alert is no number", "SM1312",
      apply: child(["Data"], of: ["Alert"]) { data, _ in data.text = "event" }),
    PayloadMutation(
      "the code of an Alert is unknown", "SM1313",
      apply: child(["Data"], of: ["Alert"]) { data, _ in data.text = "1230" }),
    PayloadMutation(
      "an Alert has no Type", "SM1314",
      apply: child(["Meta"], of: ["Item"], where: { $1.child("Target") == nil && $1.child("Source") == nil })
      { meta, item in item.remove(meta) }),
    PayloadMutation(
      "a Status lacks a field", "SM1107", "SM1316",
      apply: drop(["MsgRef", "CmdRef", "Cmd", "Data"], of: ["Status"])),
    PayloadMutation(
      "a Status has no status code", "SM1316",
      apply: child(["Data"], of: ["Status"]) { data, _ in data.text = "0x200" }),
    PayloadMutation(
      "the code of a Status is unknown", "SM1317",
      apply: child(["Data"], of: ["Status"]) { data, _ in data.text = "777" }),
    PayloadMutation("a Status answers no command", "SM1316", apply: at(["Cmd"]) { $0.text = "Put" }),
    PayloadMutation(
      "a Status mixes header and command", "SM1316",
      apply: child(["CmdRef"], of: ["Status"]) { reference, _ in
        reference.text = reference.text == "0" ? "1" : "0"
      }),
    PayloadMutation(
      "Results have no Source", "SM1318",
      apply: child(["Source"], of: ["Item"], where: { $1.child("Target") == nil }) { source, item in
        item.remove(source)
      }),
    PayloadMutation("Results lack a field", "SM1107", apply: drop(["CmdRef", "Item"], of: ["Results"])),
  ]

  private static let markup: [PayloadMutation] = [
    PayloadMutation(
      "an end tag is dropped", "SM1001",
      apply: text { source, generator in
        let ends = source.ranges(of: /<\/[A-Za-z]+>/)
        return ends.randomElement(using: &generator).map { source.replacingCharacters(in: $0, with: "") }
      }),
    PayloadMutation(
      "the text ends too early", "SM1001",
      apply: text { source, generator in
        String(
          source.unicodeScalars.prefix(
            Int.random(in: 30..<(source.unicodeScalars.count - 12), using: &generator)))
      }),
    PayloadMutation(
      "a tag has an attribute twice", "SM1001", apply: at(commands) { $0.attributes = " a=\"\" a=\"\"" }),
    PayloadMutation("a prefix is not declared", "SM1001", apply: at(commands) { $0.name = "x:" + $0.name }),
    PayloadMutation("a value has a bare &", "SM1001", apply: at(["Data", "LocURI"]) { $0.text += " & " }),
    PayloadMutation(
      "a value has a control character", "SM1001", apply: at(["Data", "LocURI"]) { $0.text += "&#1;" }),
    PayloadMutation(
      "an entity is declared", "SM1003",
      apply: text { source, _ in "<!DOCTYPE a [<!ENTITY b \"c\">]>" + source }),
    PayloadMutation(
      "there is a processing instruction", "SM1004", apply: at(["Item", "SyncBody"]) { $0.text = "<?x y?>" }),
  ]
}
