import Diagnostics
import PolicyCompiler
import PolicyModel
import SyncML

/// A payload of a policy: the commands for every device that receives it, or those under one guard.
public struct PolicyPayload: Sendable {
  /// The file.
  public let artifact: BuildArtifact
  /// The condition on the devices that it is meant for, as the source writes it; nil for all that the policy
  /// applies to. SyncML knows no conditions, so whoever assigns the payload applies it.
  public let guardSource: String?
  /// Where the command of each CmdID comes from, from CmdID 1 on.
  public let origins: [PayloadOrigin]
}

/// What a command of a payload was made from.
public struct PayloadOrigin: Hashable, Sendable {
  /// The name of the command in SyncML.
  public let verb: String
  /// The node; nil for a group of commands.
  public let locURI: String?
  /// The place of the clause; nil for a `Get` that answers a fact.
  public let span: Span?
  /// The facts that a `Get` answers.
  public let facts: [String]
}

/// How payloads are written.
public struct SyncMLTargetOptions: Hashable, Sendable {
  /// The `LocURI` of the device; a placeholder until the server fills it in.
  public var device: String
  /// The `LocURI` of the server.
  public var server: String
  /// How XML inside `Data` is written. Devices verify escaped text and stumble over CDATA (fleetdm/fleet 28499).
  public var dataStyle: SyncMLDataStyle

  /// Placeholders for both addresses, and escaped data, unless given.
  public init(
    device: String = "{DeviceID}", server: String = "{ServerURI}", dataStyle: SyncMLDataStyle = .escaped
  ) {
    self.device = device
    self.server = server
    self.dataStyle = dataStyle
  }
}

/// `NAME.syncml.xml`: what an MDM sends.
public struct SyncMLTarget: Sendable {
  /// How payloads are written.
  public let options: SyncMLTargetOptions

  /// A target with these options.
  public init(options: SyncMLTargetOptions = SyncMLTargetOptions()) { self.options = options }

  /// The payloads of a policy: one for all its devices, and one for each guard, in that order. None when the policy
  /// sends nothing.
  public func payloads(of policy: CheckedPolicy) throws(SyncMLWriteError) -> [PolicyPayload] {
    var payloads: [PolicyPayload] = []
    for guardIndex in Self.guardIndices(of: policy) {
      let name = Self.name(of: policy, guardIndex: guardIndex)
      if let payload = try payload(of: policy, guardIndex: guardIndex, name: name) {
        payloads.append(payload)
      }
    }
    return payloads
  }

  /// The names of the payloads of a policy, whether it has no errors or some.
  static func names(of policy: CheckedPolicy) -> [String] {
    let sent = Set(policy.commands.map(\.guardIndex))
    return guardIndices(of: policy).filter {
      sent.contains($0) || $0 == nil && !policy.factQueries.isEmpty
    }.map { name(of: policy, guardIndex: $0) }
  }

  private static func guardIndices(of policy: CheckedPolicy) -> [Int?] {
    [nil] + policy.guards.indices.map { $0 }
  }

  private static func name(of policy: CheckedPolicy, guardIndex: Int?) -> String {
    let name = policy.compiled.name
    return guardIndex.map { "\(name).\($0 + 1).syncml.xml" } ?? "\(name).syncml.xml"
  }

  private func payload(
    of policy: CheckedPolicy, guardIndex: Int?, name: String
  ) throws(SyncMLWriteError) -> PolicyPayload? {
    var commands: [SyncMLCommand] = []
    var origins: [PayloadOrigin] = []
    var atomic: (group: Int, index: Int)?
    var collected: [ExactText: Int] = [:]
    for command in policy.commands where command.guardIndex == guardIndex {
      if let group = command.atomic {
        if atomic?.group != group {
          commands.append(.atomic([]))
          origins.append(PayloadOrigin(verb: "Atomic", locURI: nil, span: command.span, facts: []))
          atomic = (group, commands.count - 1)
        }
        if let atomic { commands[atomic.index].commands.append(syncML(command)) }
      } else {
        atomic = nil
        commands.append(syncML(command))
      }
      if command.verb == .get { collected[ExactText(command.locURI)] = origins.count }
      origins.append(
        PayloadOrigin(verb: command.verb.rawValue, locURI: command.locURI, span: command.span, facts: []))
    }
    if guardIndex == nil {
      for query in policy.factQueries {
        if let index = collected[ExactText(query.locURI)] {
          let origin = origins[index]
          origins[index] = PayloadOrigin(
            verb: origin.verb, locURI: origin.locURI, span: origin.span, facts: origin.facts + [query.fact])
        } else {
          collected[ExactText(query.locURI)] = origins.count
          commands.append(SyncMLCommand(.get, query.locURI))
          origins.append(PayloadOrigin(verb: "Get", locURI: query.locURI, span: nil, facts: [query.fact]))
        }
      }
    }
    guard !commands.isEmpty else { return nil }
    let message = SyncMLMessage(target: options.device, source: options.server, commands: commands)
    let output = try SyncMLWriter().write(message)
    return PolicyPayload(
      artifact: BuildArtifact(name: name, bytes: output.bytes),
      guardSource: guardIndex.map { policy.guards[$0].source }, origins: origins)
  }

  private func syncML(_ command: PolicyCommand) -> SyncMLCommand {
    let verb: SyncMLVerb =
      switch command.verb {
      case .replace: .replace
      case .add: .add
      case .delete: .delete
      case .exec: .exec
      case .get: .get
      }
    let carriesValue = command.format != nil && command.format != .node && command.format != .null
    return SyncMLCommand(
      verb, command.locURI, format: command.format, type: carriesValue ? "text/plain" : nil,
      data: command.data,
      dataStyle: command.isXML ? options.dataStyle : .escaped)
  }
}
