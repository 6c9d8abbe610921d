import CSPCatalog
import DeviceProbes
import Diagnostics
import PolicyModel

/// Makes devices of rows, by a mapping.
struct FleetDeviceReader: Sendable {
  let mapping: FleetMapping
  private let types: [String: FactEntry]
  /// Whether the policy asks for what the table of vulnerable firmware tells.
  private let judgesFirmware: Bool

  /// A reader of the facts that a policy asks for.
  init(mapping: FleetMapping, facts: [FactDeclaration]) {
    self.mapping = mapping
    var types: [String: FactEntry] = [:]
    judgesFirmware = facts.contains { $0.name == "tpm.vulnerable_firmware" }
    for fact in facts + FirmwareJudgement.facts(besides: facts) {
      let known = FactCatalog.embedded[fact.name]
      types[fact.name] = FactEntry(
        name: fact.name, type: fact.type, bounds: known?.type == fact.type ? known?.bounds : nil)
    }
    // Others derive from it.
    if types["os.build"] == nil { types["os.build"] = FactEntry(name: "os.build", type: .build) }
    self.types = types
  }

  /// The device of a row.
  func device(line: Int, cells: [(field: FleetField, cell: FleetCell)]) -> FleetDevice {
    var device = FleetDevice(line: line, texts: FleetTexts(), facts: FactSnapshot())
    let exclusion = exclusion(cells)
    for (field, cell) in cells {
      show(cell, field, &device.texts)
      read(cell, field, exclusion, &device)
    }
    if let machine = mapping.machine, exclusion == nil { read(machine, cells, &device) }
    device.isWindows = isWindows(cells)
    if mapping.hasOsqueryTables, exclusion == nil { readTables(cells, &device) }
    if judgesFirmware { device.facts.judgeFirmware() }
    return device
  }

  private func show(_ cell: FleetCell, _ field: FleetField, _ texts: inout FleetTexts) {
    guard let column = field.column, let shown = column.shows, texts[shown] == nil,
      case .text(let text) = cell
    else { return }
    texts[shown] =
      column.texts.isEmpty
      ? withoutBlanks(text) : column.texts[ExactText(foldedName(text))] ?? withoutBlanks(text)
  }

  /// Why the facts of a row do not count, or nil.
  private func exclusion(_ cells: [(field: FleetField, cell: FleetCell)]) -> String? {
    guard let scope = mapping.scope, let (field, text) = other(than: scope, cells) else { return nil }
    return "the column '\(field.shownName)' holds '\(shortened(text))', not \(scope.shown)"
  }

  /// Whether the row is of a device that runs Windows, or nil when it does not tell.
  private func isWindows(_ cells: [(field: FleetField, cell: FleetCell)]) -> Bool? {
    guard let scope = mapping.windows, text(in: scope.column, cells) != nil else { return nil }
    return other(than: scope, cells) == nil
  }

  /// The first text that puts a row outside of a scope, or nil.
  private func other(
    than scope: FleetScope, _ cells: [(field: FleetField, cell: FleetCell)]
  ) -> (field: FleetField, text: String)? {
    guard let found = text(in: scope.column, cells), !scope.texts.contains(foldedName(found.text)) else {
      return nil
    }
    return found
  }

  /// The first text that one of some columns tells.
  private func text(
    in columns: Set<String>, _ cells: [(field: FleetField, cell: FleetCell)]
  ) -> (field: FleetField, text: String)? {
    for (field, cell) in cells where field.isPart && columns.contains(field.folded) {
      if case .text(let text) = cell, let told = told(text) { return (field, told) }
    }
    return nil
  }

  /// A text without the blanks around it, or nil when it says nothing.
  private func told(_ text: String) -> String? {
    let text = withoutBlanks(text)
    if text.isEmpty { return nil }
    return mapping.silence.contains(text) ? nil : text
  }

  private func read(
    _ cell: FleetCell, _ field: FleetField, _ exclusion: String?, _ device: inout FleetDevice
  ) {
    guard field.fact != nil || field.column.map({ !$0.gives.isEmpty || !$0.values.isEmpty }) == true else {
      return
    }
    switch cell {
    case .silent: return
    case .unknown(let reason): miss(field, reason, &device)
    case .other(let kind):
      miss(field, "the column '\(field.shownName)' holds \(kind), which is no text", &device)
    case .text(let text):
      guard let text = told(text) else { return }
      if let exclusion { return miss(field, exclusion, &device) }
      if let fact = field.fact { read(text, fact, .whole, field, &device) }
      if let column = field.column { read(text, column, field, &device) }
    }
  }

  private func read(
    _ text: String, _ column: FleetMappingColumn, _ field: FleetField, _ device: inout FleetDevice
  ) {
    if !column.values.isEmpty {
      if let facts = column.values[ExactText(foldedName(text))] {
        for fact in facts {
          guard let type = types[fact.name]?.type else { continue }
          add(
            fact.value.isOf(type)
              ? .value(fact.value) : .unknown(reason: strange(text, field, type)),
            fact.name, field, &device)
        }
        return
      }
      if column.gives.isEmpty {
        return miss(
          field, "the column '\(field.shownName)' holds '\(shortened(text))', which is not known here",
          &device)
      }
    }
    for (fact, reading) in column.gives { read(text, fact, reading, field, &device) }
  }

  private func read(
    _ text: String, _ fact: String, _ reading: FleetReading, _ field: FleetField, _ device: inout FleetDevice
  ) {
    guard let entry = types[fact] else { return }
    if let value = reading.value(of: text, as: entry.type), entry.admits(value) {
      add(.value(value), fact, field, &device)
    } else {
      add(.unknown(reason: strange(text, field, entry.type)), fact, field, &device)
    }
  }

  /// All that a column could tell is unknown.
  private func miss(_ field: FleetField, _ reason: String, _ device: inout FleetDevice) {
    var facts = field.column?.facts ?? []
    if let fact = field.fact { facts.insert(fact) }
    for fact in facts where types[fact] != nil { add(.unknown(reason: reason), fact, field, &device) }
  }

  private func add(
    _ content: Observation.Content, _ fact: String, _ field: FleetField, _ device: inout FleetDevice
  ) {
    device.facts.add(
      Observation(content, source: "\(mapping.name):\(device.line) \(field.shownName)"), for: fact)
  }

  private func strange(_ text: String, _ field: FleetField, _ type: ValueType) -> String {
    "the column '\(field.shownName)' holds '\(shortened(text))', which is not \(type.expectation)"
  }

  private func read(
    _ machine: FleetMachine, _ cells: [(field: FleetField, cell: FleetCell)], _ device: inout FleetDevice
  ) {
    let fact = "device.platform"
    guard let type = types[fact]?.type else { return }
    guard let model = text(in: machine.model, cells) else { return }
    let content = InventoriedMachine(
      manufacturer: text(in: machine.manufacturer, cells)?.text, model: model.text,
      tpmManufacturer: text(in: machine.tpmManufacturer, cells)?.text
    ).platform()
    if case .value(let value) = content, !value.isOf(type) { return }
    add(content, fact, model.field, &device)
  }

  private func readTables(
    _ cells: [(field: FleetField, cell: FleetCell)], _ device: inout FleetDevice
  ) {
    var columns = OsqueryColumns()
    for (field, cell) in cells {
      guard let name = field.table else { continue }
      columns.add(cell, to: name)
    }
    let found = columns.observations(of: Set(types.keys), source: "\(mapping.name):\(device.line)")
    for (fact, observation) in found.sorted(by: { $0.key < $1.key }) {
      guard let type = types[fact]?.type, observation.value?.isOf(type) != false else { continue }
      device.facts.add(observation, for: fact)
    }
  }
}
