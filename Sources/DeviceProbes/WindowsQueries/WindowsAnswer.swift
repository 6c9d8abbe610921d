import PolicyModel
import TPMEvidence

/// What came back for one question: objects, or a failure that PowerShell caught.
enum WindowsAnswer: Hashable, Sendable {
  case objects([WindowsObject])
  case failure(WindowsFailure)
  /// What came back is not understood; the text says why.
  case unreadable(String)

  /// The answer in a file of its own: JSON, `reg query` or `Format-List`, told apart by how they begin.
  init(_ text: ToolText, question: String) {
    guard let first = text.firstLine else {
      self = .unreadable("the output is empty")
      return
    }
    if Self.isJSON(text) {
      do throws(JSONError) {
        self.init(try Self.document(text), question: question)
      } catch {
        self = .unreadable("the output is damaged JSON: \(error)")
      }
      return
    }
    let list = RegistryText.isRegistry(text) ? RegistryText.objects(in: text) : ListText.objects(in: text)
    guard let found = list else {
      self = Self.tooMany
      return
    }
    guard !found.isEmpty else {
      self = .unreadable("the output has no values; it begins with \(ToolText.quote(first))")
      return
    }
    self = .objects(found.map { WindowsObject(question: question, members: $0) })
  }

  /// The answer as a member of the object that the script prints.
  init(_ value: JSONValue, question: String) {
    switch value {
    case .null: self = .objects([])
    case .array(let items): self.init(items, question)
    case .object(let members):
      if let failure = WindowsFailure(value) {
        self = .failure(failure)
      } else if members.count == 2, case .array(let items)? = value["value"], value["Count"] != nil {
        // PowerShell 5 writes some lists as objects of this form.
        self.init(items, question)
      } else {
        self = .objects([WindowsObject(question: question, members: members.map(Self.unwrapped))])
      }
    default: self = .unreadable("the answer to \(question) is \(value.kind), not an object")
    }
  }

  private init(_ items: [JSONValue], _ question: String) {
    self =
      items.count > ListText.objectLimit
      ? Self.tooMany : .objects(items.compactMap { Self.object($0, question) })
  }

  private static let tooMany = WindowsAnswer.unreadable(
    "the output has more than \(ListText.objectLimit) objects, the most that are read")

  /// Whether a text begins as an object or a list of JSON does.
  static func isJSON(_ text: ToolText) -> Bool {
    let first = text.firstLine?.unicodeScalars.first { !$0.properties.isWhitespace }
    return first == "{" || first == "["
  }

  /// A text as JSON. Files that PowerShell wrote may be in UTF-16 and begin with a mark, of which nothing is left here.
  static func document(_ text: ToolText) throws(JSONError) -> JSONValue {
    try JSONValue(
      parsing: Array(text.lines.joined(separator: "\n").utf8),
      limits: JSONLimits(bytes: 2 * ToolText.byteLimit, depth: 16))
  }

  private static func object(_ value: JSONValue, _ question: String) -> WindowsObject? {
    guard case .object(let members) = value else { return nil }
    return WindowsObject(question: question, members: members.map(unwrapped))
  }

  private static func unwrapped(_ member: JSONMember) -> JSONMember {
    guard case .object(let inner) = member.value, inner.count == 2, member.value["Count"] != nil,
      let items = member.value["value"], case .array = items
    else { return member }
    return JSONMember(member.name, items)
  }
}

/// An error that PowerShell caught when it asked one question.
struct WindowsFailure: Hashable, Sendable {
  /// What Windows says, in its language.
  let message: String
  /// The kind of exception, such as `UnauthorizedAccessException`, which is no matter of language.
  let kind: String
  /// The HRESULT, or nil.
  let number: Int64?

  /// The failure that an object tells of; nil when it tells of none.
  init?(_ value: JSONValue) {
    guard case .string(let message)? = value["error"] else { return nil }
    self.message = message
    if case .string(let kind)? = value["kind"] { self.kind = kind } else { kind = "" }
    if case .integer(let number)? = value["hresult"] { self.number = number } else { number = nil }
  }

  /// Whether Windows refused for want of rights: E_ACCESSDENIED, WBEM_E_ACCESS_DENIED, STATUS_ACCESS_DENIED as an HRESULT.
  var isRefusal: Bool {
    kind == "UnauthorizedAccessException" || kind == "SecurityException"
      || [0x8007_0005, 0x8004_1003, 0xD000_0022].contains(number.map { UInt32(truncatingIfNeeded: $0) })
  }

  /// The reason for facts that the question was to tell.
  func reason(_ question: String) -> String {
    let said = message.isEmpty ? "" : ": \(ToolText.quote(message))"
    return isRefusal
      ? "Windows refused \(question) to this account, which needs administrator rights\(said)"
      : "\(question) failed\(said)"
  }
}
