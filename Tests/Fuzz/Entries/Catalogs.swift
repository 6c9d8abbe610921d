import CSPCatalog
import Diagnostics
import YAMLInput

/// A project's settings: whatever the text, it ends with settings or with an error at a place in it.
func fuzzSettings(_ bytes: [UInt8]) {
  do throws(YAMLError) {
    let config = try ProjectConfig(yaml: bytes, path: "a/policyc.yaml")
    for path in config.catalogs {
      require(
        path.hasPrefix("/") || path.hasPrefix("a/"), "a path does not begin beside the settings: \(path)")
    }
    _ = try? TargetDevices(parsing: config.validate.targets, on: CSPCatalog.embedded.date)
  } catch {
    require(!error.message.isEmpty && error.position.line > 0, "the error says nothing")
    requireLine(safeLine("\(error)"), "the error")
  }
}

/// The text of a catalogue, as `--catalog` opens it: every node that it lists is found, alone and above the built-in ones.
func fuzzCatalogText(_ bytes: [UInt8]) {
  let catalog: CSPCatalog
  do throws(CatalogError) {
    catalog = try CSPCatalog(bytes: bytes)
  } catch {
    require(!"\(error)".isEmpty, "the error says nothing")
    return
  }
  let both = CSPCatalog.embedded.adding(catalog, from: "fuzz.txt")
  var count = 0
  for node in catalog.nodes {
    count += 1
    require(catalog.node(at: node.locURI) == node, "\(node.locURI) is not found, or is another node")
    require(both.node(at: node.locURI) != nil, "\(node.locURI) is lost among others")
    // The same node may inherit from the built-in ones when it is added to them, so it need not be equal.
    if count <= 50 {
      for line in NodeSheet(node, in: catalog).lines { requireLine(safeLine(line), "a line of a node") }
      _ = NodeSheet(node, in: both).json
      _ = both.resolve(node.locURI + "x")
    }
  }
  require(count == catalog.nodeCount, "the catalogue has \(count) of \(catalog.nodeCount) nodes")
  require(CatalogDifference(from: catalog, to: catalog).changed.isEmpty, "a catalogue differs from itself")
}

/// What `--targets`, `--build` and `--edition` take, an option a line; lines of editions begin with `e`.
func fuzzTargets(_ bytes: [UInt8]) {
  let lines = bytes.split(separator: 0x0A, maxSplits: 32).map { String(decoding: $0, as: UTF8.self) }
  var editions: [WindowsEdition] = []
  for line in lines where line.hasPrefix("e ") {
    do throws(TargetError) {
      editions.append(try TargetDevices.edition(named: String(line.dropFirst(2))))
    } catch {
      requireTold(error)
    }
  }
  do throws(TargetError) {
    let texts = lines.filter { !$0.hasPrefix("e ") }
    let devices = try TargetDevices(parsing: texts, on: CSPCatalog.embedded.date, editions: editions)
    require(!devices.targets.isEmpty, "there are no devices, and no error")
    let again = try? TargetDevices(
      parsing: Array(texts.reversed()), on: CSPCatalog.embedded.date, editions: editions)
    require(again?.targets == devices.targets, "the devices depend on the order of the options")
  } catch {
    requireTold(error)
  }
}

private func requireTold(_ error: TargetError) {
  require(!"\(error)".isEmpty, "the error says nothing")
  for line in ["\(error)"] + error.help { requireLine(safeLine(line), "an error") }
}
