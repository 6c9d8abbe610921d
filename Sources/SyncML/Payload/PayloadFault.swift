import XMLInput

/// What the structure of a payload breaks. The reader goes on after each.
enum PayloadFault: Hashable, Sendable {
  /// The document element is not one that a payload begins with.
  case unknownRoot(XMLName)
  /// The root is in another namespace than SyncML 1.2's.
  case rootNamespace(XMLName)
  /// Something behind a whole message or body, or a message or body behind commands.
  case secondRoot(PayloadElement, behind: PayloadShape)
  /// A name that SyncML does not have.
  case unknownElement(String, parent: PayloadElement?)
  /// A name that SyncML has in another spelling of case.
  case wrongCase(String, PayloadElement)
  case wrongNamespace(PayloadElement, found: String, expected: String)
  /// An element that does not belong into its parent.
  case misplaced(PayloadElement, parent: PayloadElement)
  /// An element after one that it must stand before.
  case outOfOrder(PayloadElement, after: PayloadElement, parent: PayloadElement)
  case repeated(PayloadElement, parent: PayloadElement)
  /// Required children that never came; `CmdID` and `SyncHdr` come alone.
  case missing([PayloadElement], parent: PayloadElement)
  /// Text between elements.
  case strayText(String, parent: PayloadElement?)
  /// An element in one that holds text only.
  case elementInText(String, parent: PayloadElement)
  /// A comment or CDATA section in a `LocURI`.
  case markupInLocURI(String)
  /// XML in `Data` that is neither escaped nor in CDATA.
  case rawXMLInData(String)
  case attribute(String, element: PayloadElement)
  case processingInstruction(String)
}
