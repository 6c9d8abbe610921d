import CLibXML2

/// The callbacks for libxml2. Whatever is not set here, libxml2 skips: there is no loading of anything external.
func saxHandler() -> xmlSAXHandler {
  var handler = xmlSAXHandler()
  handler.initialized = UInt32(XML_SAX2_MAGIC)
  handler.startDocument = { context in receiver(context)?.pointee.startDocument() }
  handler.startElementNs = { context, local, prefix, namespace, _, _, count, defaulted, attributes in
    guard let local else { return }
    let fields = UnsafeBufferPointer(
      start: attributes, count: attributes == nil ? 0 : Int(count - defaulted) * 5)
    receiver(context)?.pointee.start(local, prefix: prefix, namespace: namespace, attributes: fields)
  }
  handler.endElementNs = { context, _, _, _ in receiver(context)?.pointee.end() }
  handler.characters = { context, bytes, count in
    receiver(context)?.pointee.characters(UnsafeBufferPointer(start: bytes, count: Int(count)), cdata: false)
  }
  handler.ignorableWhitespace = handler.characters
  handler.cdataBlock = { context, bytes, count in
    receiver(context)?.pointee.characters(UnsafeBufferPointer(start: bytes, count: Int(count)), cdata: true)
  }
  handler.comment = { context, _ in receiver(context)?.pointee.comment() }
  handler.processingInstruction = { context, target, _ in
    guard let target else { return }
    receiver(context)?.pointee.instruction(target)
  }
  handler.internalSubset = { context, _, _, _ in receiver(context)?.pointee.declaration() }
  handler.entityDecl = { context, _, _, _, _, _ in receiver(context)?.pointee.declaration() }
  handler.serror = { context, error in
    guard let error else { return }
    receiver(context)?.pointee.report(error.pointee)
  }
  return handler
}

private func receiver(_ context: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<SAXEvents>? {
  context?.assumingMemoryBound(to: SAXEvents.self)
}
