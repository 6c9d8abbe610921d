/// What an element holds, as the DTD of SyncML 1.2 says and Windows takes it.
enum ContentModel: Sendable {
  /// Elements in this order.
  case elements([Slot])
  /// Text only.
  case text
  /// The value of a node: text, with any XML in it escaped or in CDATA.
  case value
  /// Nothing.
  case empty
  /// Anything; not looked into.
  case opaque

  /// One place in the order of children.
  struct Slot: Sendable {
    let elements: ElementSet
    /// The element to name when none of them is there.
    let first: PayloadElement
    let isRequired: Bool
    let repeats: Bool

    private init(_ elements: [PayloadElement], isRequired: Bool, repeats: Bool) {
      self.elements = ElementSet(elements)
      first = elements[0]
      self.isRequired = isRequired
      self.repeats = repeats
    }

    static func one(_ element: PayloadElement) -> Slot {
      Slot([element], isRequired: true, repeats: false)
    }
    static func optional(_ element: PayloadElement) -> Slot {
      Slot([element], isRequired: false, repeats: false)
    }
    static func some(_ element: PayloadElement) -> Slot {
      Slot([element], isRequired: true, repeats: true)
    }
    static func any(_ elements: PayloadElement...) -> Slot {
      Slot(elements, isRequired: false, repeats: true)
    }
  }

  /// The model of an element.
  static func of(_ element: PayloadElement) -> ContentModel { table[Int(element.rawValue)] }

  private static let table = PayloadElement.allCases.map(make)

  /// Where MS-MDM is narrower than the OMA DTD (no Put, Search, Map, Sync, Move), it wins.
  private static func make(_ element: PayloadElement) -> ContentModel {
    switch element {
    case .syncML: .elements([.one(.syncHdr), .one(.syncBody)])
    case .syncHdr:
      .elements([
        .one(.verDTD), .one(.verProto), .one(.sessionID), .one(.msgID), .one(.target), .one(.source),
        .optional(.respURI), .optional(.noResp), .optional(.cred), .optional(.meta),
      ])
    case .syncBody:
      .elements([
        .any(
          .alert, .atomic, .copy, .exec, .get, .results, .sequence, .status, .add, .replace, .delete),
        .optional(.final),
      ])
    case .add, .replace, .copy:
      .elements([.one(.cmdID), .optional(.noResp), .optional(.cred), .optional(.meta), .some(.item)])
    case .delete:
      .elements([
        .one(.cmdID), .optional(.noResp), .optional(.archive), .optional(.sftDel), .optional(.cred),
        .optional(.meta), .some(.item),
      ])
    case .get:
      .elements([
        .one(.cmdID), .optional(.noResp), .optional(.lang), .optional(.cred), .optional(.meta), .some(.item),
      ])
    case .exec:
      .elements([
        .one(.cmdID), .optional(.noResp), .optional(.cred), .optional(.meta), .optional(.correlator),
        .some(.item),
      ])
    case .alert:
      .elements([
        .one(.cmdID), .optional(.noResp), .optional(.cred), .optional(.data), .optional(.correlator),
        .any(.item),
      ])
    case .atomic, .sequence:
      // Get and Atomic within an Atomic have a rule of their own, which names the device's answer.
      .elements([
        .one(.cmdID), .optional(.noResp), .optional(.meta),
        .any(.add, .delete, .copy, .atomic, .replace, .sequence, .get, .exec, .alert),
      ])
    case .status:
      // MS-MDM prints Data and Item before TargetRef; both orders occur, so the tail is one slot.
      .elements([
        .one(.cmdID), .one(.msgRef), .one(.cmdRef), .one(.cmd),
        .any(.targetRef, .sourceRef, .cred, .chal, .data, .item),
      ])
    case .results:
      .elements([
        .one(.cmdID), .optional(.msgRef), .one(.cmdRef), .optional(.meta), .optional(.targetRef),
        .optional(.sourceRef), .some(.item),
      ])
    case .item:
      .elements([
        .optional(.target), .optional(.source), .optional(.sourceParent), .optional(.targetParent),
        .optional(.meta), .optional(.data), .optional(.moreData),
      ])
    case .target: .elements([.one(.locURI), .optional(.locName), .optional(.filter)])
    case .source, .sourceParent, .targetParent: .elements([.one(.locURI), .optional(.locName)])
    case .cred: .elements([.optional(.meta), .one(.data)])
    case .chal: .elements([.one(.meta)])
    case .meta:
      .elements([
        .optional(.fieldLevel), .optional(.format), .optional(.type), .optional(.mark), .optional(.size),
        .optional(.anchor), .optional(.version), .optional(.nextNonce), .optional(.maxMsgSize),
        .optional(.maxObjSize), .any(.emi), .optional(.mem),
      ])
    case .data: .value
    case .noResp, .archive, .sftDel, .moreData, .final, .fieldLevel: .empty
    case .filter, .anchor, .emi, .mem: .opaque
    case .verDTD, .verProto, .sessionID, .msgID, .respURI, .cmdID, .lang, .correlator, .locURI, .locName,
      .msgRef,
      .cmdRef, .cmd, .targetRef, .sourceRef, .format, .type, .mark, .size, .version, .nextNonce, .maxMsgSize,
      .maxObjSize:
      .text
    }
  }
}

/// A set of elements as bits.
struct ElementSet: Hashable, Sendable {
  private var bits: UInt64 = 0

  init(_ elements: [PayloadElement] = []) {
    for element in elements { insert(element) }
  }

  func contains(_ element: PayloadElement) -> Bool { bits & (1 << UInt64(element.rawValue)) != 0 }
  func isSubset(of other: ElementSet) -> Bool { bits & ~other.bits == 0 }

  /// Adds an element; false when it was there already.
  @discardableResult mutating func insert(_ element: PayloadElement) -> Bool {
    let isNew = !contains(element)
    bits |= 1 << UInt64(element.rawValue)
    return isNew
  }
}
