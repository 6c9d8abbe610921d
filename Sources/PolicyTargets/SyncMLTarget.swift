import CSPCatalog
import Diagnostics
import PolicyCompiler
import PolicyModel
import SyncML

/// A payload of a policy: the commands for every device that receives it, or those under one guard.
package struct PolicyPayload: Sendable {
  /// The file.
  package let artifact: BuildArtifact
  /// The condition on the devices that it is meant for, as the source writes it; nil for all that the policy
  /// applies to. SyncML knows no conditions, so whoever assigns the payload applies it.
  package let guardSource: String?
  /// Where the command of each CmdID comes from, from CmdID 1 on.
  package let origins: [PayloadOrigin]
  /// The devices that it is for, by their Windows; nil where the policy leaves that open.
  let targets: TargetDevices?
  /// What the policy's author accepted of it.
  let waivers: [PayloadPlan.AcceptedFinding]
}

/// What a command of a payload was made from.
package struct PayloadOrigin: Hashable, Sendable {
  /// The name of the command in SyncML.
  package let verb: String
  /// The node; nil for a group of commands.
  package let locURI: String?
  /// The place of the clause; nil for a `Get` that answers a fact.
  package let span: Span?
  /// The facts that a `Get` answers.
  package let facts: [String]
}

/// How payloads are written.
package struct SyncMLTargetOptions: Hashable, Sendable {
  /// The `LocURI` of the device; a placeholder until the server fills it in.
  package var device: String
  /// The `LocURI` of the server.
  package var server: String
  /// How XML inside `Data` is written. Devices verify escaped text and stumble over CDATA (fleetdm/fleet 28499).
  package var dataStyle: SyncMLDataStyle

  /// Placeholders for both addresses, and escaped data, unless given.
  package init(
    device: String = "{DeviceID}", server: String = "{ServerURI}", dataStyle: SyncMLDataStyle = .escaped
  ) {
    self.device = device
    self.server = server
    self.dataStyle = dataStyle
  }
}

/// `NAME.syncml.xml`: what an MDM sends.
package struct SyncMLTarget: PolicyTarget {
  /// How payloads are written.
  package let options: SyncMLTargetOptions

  /// A target with these options.
  package init(options: SyncMLTargetOptions = SyncMLTargetOptions()) { self.options = options }

  /// The payloads of a policy: one for all its devices, and one for each guard, in that order. None when the policy
  /// sends nothing.
  package func payloads(of policy: CheckedPolicy) throws(PolicyBuildError) -> [PolicyPayload] {
    var payloads: [PolicyPayload] = []
    do throws(SyncMLWriteError) {
      for plan in policy.payloads { payloads.append(try payload(of: policy, plan)) }
    } catch {
      throw PolicyBuildError(policy: policy.compiled.name, cause: error.description)
    }
    return payloads
  }

  package func names(for policy: CheckedPolicy) -> [String] {
    policy.payloads.map { Self.name(of: policy, guardIndex: $0.guardIndex) }
  }

  package func artifacts(for input: TargetInput) -> [BuildArtifact] { input.payloads.map(\.artifact) }

  private static func name(of policy: CheckedPolicy, guardIndex: Int?) -> String {
    let name = policy.compiled.name
    return guardIndex.map { "\(name).\($0 + 1).syncml.xml" } ?? "\(name).syncml.xml"
  }

  private func payload(
    of policy: CheckedPolicy, _ plan: PayloadPlan
  ) throws(SyncMLWriteError) -> PolicyPayload {
    var commands: [SyncMLCommand] = []
    var origins: [PayloadOrigin] = []
    func note(_ command: PolicyCommand, facts: [String]) {
      origins.append(
        PayloadOrigin(
          verb: command.verb.rawValue, locURI: command.locURI, span: command.span, facts: facts))
    }
    for entry in plan.entries {
      switch entry {
      case .command(let index, let facts):
        commands.append(syncML(policy.commands[index]))
        note(policy.commands[index], facts: facts)
      case .atomic(let members):
        let span = members.first.map { policy.commands[$0].span }
        origins.append(PayloadOrigin(verb: "Atomic", locURI: nil, span: span, facts: []))
        commands.append(.atomic(members.map { syncML(policy.commands[$0]) }))
        for index in members { note(policy.commands[index], facts: []) }
      case .query(let locURI, let facts):
        commands.append(SyncMLCommand(.get, locURI))
        origins.append(PayloadOrigin(verb: "Get", locURI: locURI, span: nil, facts: facts))
      }
    }
    let message = SyncMLMessage(target: options.device, source: options.server, commands: commands)
    let output = try SyncMLWriter().write(message)
    return PolicyPayload(
      artifact: BuildArtifact(
        name: Self.name(of: policy, guardIndex: plan.guardIndex), bytes: output.bytes),
      guardSource: plan.guardIndex.map { policy.guards[$0].source }, origins: origins,
      targets: plan.targets, waivers: plan.waivers)
  }

  private func syncML(_ command: PolicyCommand) -> SyncMLCommand {
    let carriesValue = command.format != nil && command.format != .node && command.format != .null
    return SyncMLCommand(
      command.verb.syncML, command.locURI, format: command.format, type: carriesValue ? "text/plain" : nil,
      data: command.data,
      dataStyle: command.isXML ? options.dataStyle : .escaped)
  }
}
