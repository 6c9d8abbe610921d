import Diagnostics

/// Reading members of JSON objects with errors that name their path.
extension CompiledPolicyDecoder {
  /// Refuses what is not an object, lacks a required member, or has a member of another name.
  static func members(
    _ json: JSONValue, at path: String, required: [String], optional: [String] = []
  ) throws(CompiledPolicyError) {
    guard case .object(let members) = json else {
      throw .content(path: path, problem: "expected an object, found \(json.kind)")
    }
    for member in members where !required.contains(member.name) && !optional.contains(member.name) {
      throw .content(
        path: path,
        problem: "expected only the members \((required + optional).sorted().joined(separator: ", ")), found "
          + quoted(member.name))
    }
    for name in required where json[name] == nil {
      throw .content(path: path, problem: "expected a member \(name), found none")
    }
  }

  static func member(_ json: JSONValue, _ name: String, at path: String) throws(CompiledPolicyError)
    -> JSONValue
  {
    guard let value = json[name] else {
      throw .content(path: path, problem: "expected a member \(name), found none")
    }
    return value
  }

  static func text(_ json: JSONValue, _ name: String, at path: String) throws(CompiledPolicyError) -> String {
    try string(try member(json, name, at: path), at: "\(path).\(name)")
  }

  static func optionalText(
    _ json: JSONValue, _ name: String, at path: String
  ) throws(CompiledPolicyError) -> String? {
    guard let value = json[name] else { return nil }
    return try string(value, at: "\(path).\(name)")
  }

  static func string(_ json: JSONValue, at path: String) throws(CompiledPolicyError) -> String {
    guard case .string(let text) = json else {
      throw .content(path: path, problem: "expected a string, found \(json.kind)")
    }
    return text
  }

  static func list<Element>(
    _ json: JSONValue, _ name: String, at path: String,
    _ read: (JSONValue, String) throws(CompiledPolicyError) -> Element
  ) throws(CompiledPolicyError) -> [Element] {
    try elements(try member(json, name, at: path), at: "\(path).\(name)", read)
  }

  static func elements<Element>(
    _ json: JSONValue, at path: String, _ read: (JSONValue, String) throws(CompiledPolicyError) -> Element
  ) throws(CompiledPolicyError) -> [Element] {
    guard case .array(let values) = json else {
      throw .content(path: path, problem: "expected an array, found \(json.kind)")
    }
    var elements: [Element] = []
    elements.reserveCapacity(values.count)
    for (index, value) in values.enumerated() { elements.append(try read(value, "\(path)[\(index)]")) }
    return elements
  }

  static func version(_ json: JSONValue, _ name: String, at path: String) throws(CompiledPolicyError)
    -> Version
  {
    try version(try member(json, name, at: path), at: "\(path).\(name)")
  }

  static func version(_ json: JSONValue, at path: String) throws(CompiledPolicyError) -> Version {
    let text = try string(json, at: path)
    guard let version = Version(text), version.description == text else {
      throw .content(path: path, problem: "expected a version such as \"2.0\", found \(quoted(text))")
    }
    return version
  }

  static func build(_ json: JSONValue, at path: String) throws(CompiledPolicyError) -> OSBuild {
    let text = try string(json, at: path)
    guard let build = OSBuild(text), build.description == text else {
      throw .content(
        path: path, problem: "expected a build such as \"10.0.22631.2792\", found \(quoted(text))")
    }
    return build
  }

  static func branch(_ json: JSONValue, at path: String) throws(CompiledPolicyError) -> UInt32 {
    guard case .integer(let number) = json, let branch = UInt32(exactly: number) else {
      throw .content(path: path, problem: "expected a branch between 0 and \(UInt32.max)")
    }
    return branch
  }

  /// Reads `{"version":"2.0"}`: a value under the name of its type.
  static func value(_ json: JSONValue, at path: String) throws(CompiledPolicyError) -> Value {
    guard case .object(let members) = json, members.count == 1, let member = members.first else {
      throw .content(path: path, problem: "expected an object with one member that is named after a type")
    }
    let inner = "\(path).\(member.name)"
    switch (member.name, member.value) {
    case ("bool", .bool(let flag)): return .bool(flag)
    case ("int", .integer(let number)) where JSONValue.exact(number) == member.value: return .int(number)
    case ("int", .string(let digits)):
      guard let number = Int64(digits), JSONValue.exact(number) == member.value else {
        throw .content(path: inner, problem: "expected a number, or digits only where it is beyond 2^53")
      }
      return .int(number)
    case ("version", _): return .version(try version(member.value, at: inner))
    case ("build", _): return .build(try build(member.value, at: inner))
    case ("string", _): return .string(try string(member.value, at: inner))
    case ("enum", _): return .symbol(try string(member.value, at: inner))
    case ("bool", _):
      throw .content(path: inner, problem: "expected true or false, found \(member.value.kind)")
    case ("int", _):
      throw .content(path: inner, problem: "expected an integer, as digits where it is beyond 2^53")
    default:
      throw .content(
        path: path,
        problem:
          "expected a value named bool, int, version, build, string or enum, found \(quoted(member.name))")
    }
  }
}
