import Diagnostics
import Testing
import YAMLInput

/// The one-line form of a tree that the tests compare: `{a: [1, "two"]}`; quoted text keeps its quotation marks.
func outline(_ node: YAMLNode) -> String {
  switch node.content {
  case .scalar(let scalar): scalar.isPlain ? scalar.text : "\"\(scalar.text)\""
  case .sequence(let items): "[" + items.map(outline).joined(separator: ", ") + "]"
  case .mapping(let entries):
    "{" + entries.map { "\($0.key): \(outline($0.value))" }.joined(separator: ", ") + "}"
  }
}

/// What reading a document gives: its outline, or its error.
func result(_ yaml: String, limits: YAMLLimits = YAMLLimits()) -> String {
  result(Array(yaml.utf8), limits: limits)
}

func result(_ bytes: [UInt8], limits: YAMLLimits = YAMLLimits()) -> String {
  do throws(YAMLError) {
    return outline(try YAMLNode(yaml: bytes, limits: limits))
  } catch {
    return error.description
  }
}

@Suite("YAMLNode")
struct YAMLNodeTests {
  @Test(
    "a document becomes a tree",
    arguments: [
      ("a: 1\nb:\n- x\n- 'y'\n", "{a: 1, b: [x, \"y\"]}"),
      ("{\"a\":1,\"b\":[true,null]}", "{a: 1, b: [true, null]}"),
      ("a:\n", "{a: }"),
      ("- |\n  two\n  lines\n", "[\"two\nlines\n\"]"),
      ("\u{FEFF}a: 1", "{a: 1}"),
      ("a: 1\r\nb: 2\r\n", "{a: 1, b: 2}"),
      ("--- \na: 1\n...\n", "{a: 1}"),
      ("a: !!str 1", "{a: \"1\"}"),
      ("a: ! 1", "{a: \"1\"}"),
      ("a: !!int \"1\"", "{a: 1}"),
      ("日本: 語", "{日本: 語}"),
    ])
  func composes(yaml: String, expected: String) {
    #expect(result(yaml) == expected)
  }

  @Test(
    "nodes, keys and their ends have places, their columns counted in characters",
    arguments: ["", "\u{FEFF}"])
  func places(mark: String) throws {
    let root = try YAMLNode(yaml: Array("\(mark)語: [a,\n  bc]\n".utf8))
    let first = mark.utf8.count
    let entries = try root.entries("it")
    #expect(entries[0].keySpan.start == SourcePosition(line: 1, column: 1, offset: first))
    #expect(entries[0].keySpan.end == SourcePosition(line: 1, column: 2, offset: first + 3))
    let items = try entries[0].value.items("it")
    #expect(
      items[1].span
        == SourceRange(
          start: SourcePosition(line: 2, column: 3, offset: first + 11),
          end: SourcePosition(line: 2, column: 5, offset: first + 13)))
    #expect(entries[0].value.span.end == SourcePosition(line: 2, column: 6, offset: first + 14))
  }

  @Test("a place far behind characters of several bytes has its offset")
  func farPlaces() throws {
    let text = "a: [\(String(repeating: "日本é😀x, ", count: 300))zz]\n"
    let items = try YAMLNode(yaml: Array(text.utf8)).entries("it")[0].value.items("it")
    let index = LineIndex(Array(text.utf8))
    for item in items { #expect(index.position(at: item.span.start.offset) == item.span.start) }
    #expect(items.last?.span.end.offset == text.utf8.count - 2)
  }

  @Test("an alias stands for the node that its anchor names, wherever it is used")
  func aliases() {
    #expect(result("a: &x {k: 1}\nb: *x\nc: [*x, *x]") == "{a: {k: 1}, b: {k: 1}, c: [{k: 1}, {k: 1}]}")
    #expect(result("a: &x key\n*x : 1") == "{a: key, key: 1}")
  }

  @Test(
    "an alias without an anchor before it, or inside it, is refused",
    arguments: [
      ("a: *x", "1:4: the alias '*x' names no anchor before it"),
      ("a: &x [*x]", "1:8: the alias '*x' stands inside the node that it names"),
    ])
  func badAliases(yaml: String, expected: String) {
    #expect(result(yaml) == expected)
  }

  @Test("a thousand million laughs are refused before they take memory")
  func aliasBomb() {
    var yaml = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
    for level in 1...9 {
      let items = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      yaml += "a\(level): &a\(level) [\(items)]\n"
    }
    #expect(result(yaml).hasSuffix("the document has more than 1000000 nodes, aliases counted in full"))
  }

  @Test("aliases are counted, and the depth that they bring counts too")
  func aliasLimits() {
    let many = "a: &x 1\nb: [" + Array(repeating: "*x", count: 11).joined(separator: ", ") + "]"
    #expect(result(many, limits: YAMLLimits(aliases: 10)) == "2:45: the document uses more than 10 aliases")
    #expect(result(many, limits: YAMLLimits(aliases: 11)).hasPrefix("{a: 1"))
    let deep = "a: &x [[[1]]]\nb: [[*x]]"
    #expect(
      result(deep, limits: YAMLLimits(depth: 5)) == "2:6: lists and mappings are nested more than 5 deep")
    #expect(result(deep, limits: YAMLLimits(depth: 6)) == "{a: [[[1]]], b: [[[[[1]]]]]}")
  }

  @Test("nesting beyond the limit is refused, and ten thousand levels take no stack")
  func depth() {
    let nested = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(result(nested) == nested)
    #expect(result("[\(nested)]") == "1:65: lists and mappings are nested more than 64 deep")
    #expect(result(String(repeating: "[", count: 100_000)).hasSuffix("more than 64 deep"))
    #expect(result(String(repeating: "- ", count: 100_000)).hasSuffix("more than 64 deep"))
    #expect(result(String(repeating: "? ", count: 100_000)).hasSuffix("a key is plain text"))
  }

  @Test("a scalar of a megabyte is read, and one byte more is refused")
  func bigScalar() throws {
    let text = String(repeating: "x", count: 1 << 20)
    #expect(try YAMLNode(yaml: Array("'\(text)'".utf8)).scalar?.text == text)
    #expect(result("'\(text)x'") == "1:1: a scalar has 1048577 bytes; at most 1048576 are read")
  }

  @Test("a document beyond the byte limit is refused unread")
  func bytes() {
    #expect(
      result("a: 1", limits: YAMLLimits(bytes: 3)) == "1:1: the document has 4 bytes; at most 3 are read")
  }

  @Test(
    "what is not used here is refused at its place",
    arguments: [
      ("a: 1\nb: 2\na: 3", "3:1: the key 'a' is given twice; it stands on line 1 already"),
      ("{a: 1, 'a': 2}", "1:8: the key 'a' is given twice; it stands on line 1 already"),
      ("a: 1\n---\nb: 2", "2:1: a second document begins here; a file holds one"),
      ("? [a]\n: 1", "1:3: a key is a list or a mapping; a key is plain text"),
      (
        "a: !!binary aGk=",
        "1:4: the tag 'tag:yaml.org,2002:binary' is not one of !!str, !!int, !!bool, !!null, !!float"
      ),
      ("a: !ruby/object {b: 1}", "1:4: the tag '!ruby/object' is not one of !!map"),
      ("", "1:1: the document is empty"),
      ("# only a comment\n", "1:1: the document is empty"),
      ("a: \"x\\0\"", "1:4: a scalar holds the character NUL"),
    ])
  func forbidden(yaml: String, expected: String) {
    #expect(result(yaml) == expected)
  }

  @Test(
    "text that is not YAML is refused with what was wanted",
    arguments: [
      ("a: b: c", "1:5: a ':' stands where no key can be; put quotation marks round text that holds ': '"),
      ("a: [1", "2:1: ',' or ']' was expected here"),
      (
        "a: @b",
        "1:4: a value was expected here; put quotation marks round text that begins with this character"
      ),
      ("a: \"\\d\"", "1:5: a backslash stands before a character that is no escape"),
      ("[1]]", "1:4: the document should end before this text"),
      ("a:\n\tb: 1", "2:1: a value was expected here"),
      ("a: 'x", "1:6: the document ends inside a quoted text"),
      ("a: 1\n  b: 2", "2:4: a ':' stands where no key can be"),
    ])
  func notYAML(yaml: String, expected: String) {
    let text = result(yaml)
    #expect(text.hasPrefix(expected), "\(text)")
  }

  static let bytesThatAreNoText: [(bytes: [UInt8], expected: String)] = [
    ([0x61, 0x3A, 0x20, 0x31, 0x0A, 0x62, 0x3A, 0x20, 0x00], "2:4: a control character stands here"),
    ([0x61, 0x3A, 0x20, 0xE8, 0xAA, 0x9E, 0xFF], "1:5: the text is not UTF-8 here"),
    ([0xC3], "1:1: the text is not UTF-8 here"),
    ([0x61, 0x3A, 0x20, 0xED, 0xA0, 0x80], "1:4: the text is not UTF-8 here"),
    ([0xFF, 0xFE, 0x61, 0x00], "1:1: the text is not UTF-8 here"),
  ]

  @Test("bytes that are not text are refused at their place", arguments: bytesThatAreNoText)
  func notText(bytes: [UInt8], expected: String) {
    let text = result(bytes)
    #expect(text.hasPrefix(expected), "\(text)")
  }

  @Test("every prefix and every one-byte change of a document is read or refused, never a trap")
  func mutations() {
    let yaml = Array("a: &x [1, 'two', {k: \"\\u00e9\"}]\nb: *x\n? c\n: |-\n  text\n# end\n".utf8)
    for length in 0..<yaml.count { _ = result(Array(yaml[..<length])) }
    for index in yaml.indices {
      for byte: UInt8 in [0, 9, 10, 32, 33, 38, 42, 45, 58, 91, 123, 124, 0x80, 0xFF] {
        var changed = yaml
        changed[index] = byte
        _ = result(changed)
      }
    }
    #expect(result(yaml).hasPrefix("{a: [1, \"two\""))
  }
}

@Suite("YAMLScalar")
struct YAMLScalarTests {
  @Test("plain scalars mean null, Booleans and whole numbers; quoted ones are text")
  func types() throws {
    let items = try YAMLNode(
      yaml: Array("[null, ~, 'null', true, 'true', yes, 12, -3, '12', 1.5, 99999999999999999999]".utf8)
    )
    .items("it").compactMap(\.scalar)
    #expect(items.map(\.isNull) == [true, true] + Array(repeating: false, count: 9))
    #expect(items.map(\.boolean) == [nil, nil, nil, true, nil, nil, nil, nil, nil, nil, nil])
    #expect(items.map(\.integer) == [nil, nil, nil, nil, nil, nil, 12, -3, nil, nil, nil])
  }
}

@Suite("YAMLMapping")
struct YAMLMappingTests {
  private func mapping(_ yaml: String) -> String {
    do throws(YAMLError) {
      let map = try YAMLMapping(
        YAMLNode(yaml: Array(yaml.utf8)), subject: "the thing", known: ["name", "size"])
      return try map.requiredText("name") + (map.text("size") ?? "")
    } catch {
      return error.description
    }
  }

  @Test(
    "a mapping is read strictly",
    arguments: [
      ("name: x", "x"),
      ("name: x\nsize: 3", "x3"),
      ("nmae: x", "1:1: the thing has no key 'nmae'; did you mean 'name'? (its keys: name, size)"),
      ("colour: x", "1:1: the thing has no key 'colour' (its keys: name, size)"),
      ("size: 1", "1:1: the thing lacks the key 'name'"),
      ("name: [x]", "1:7: name of the thing is a list; it is a text"),
      ("name:", "1:6: name of the thing is null; it is a text"),
      ("[name]", "1:1: the thing is a list; it is a mapping"),
      ("name", "1:1: the thing is 'name'; it is a mapping"),
    ])
  func strict(yaml: String, expected: String) {
    #expect(mapping(yaml) == expected)
  }
}
