import CLibXML2

#if canImport(Glibc)
  import Glibc
#endif

/// The functions of libxml2 that this floor calls, loaded when the first document is read.
///
/// Linked, libxml2 and ICU behind it would cost every start of the program half a millisecond, and `policyc check`
/// reads no XML.
struct LibXML2: Sendable {
  typealias CreateParser =
    @convention(c) (
      UnsafeMutablePointer<xmlSAXHandler>?, UnsafeMutableRawPointer?, UnsafePointer<CChar>?, Int32,
      UnsafePointer<CChar>?
    ) -> xmlParserCtxtPtr?
  typealias UseOptions = @convention(c) (xmlParserCtxtPtr?, Int32) -> Int32
  typealias ParseChunk = @convention(c) (xmlParserCtxtPtr?, UnsafePointer<CChar>?, Int32, Int32) -> Int32
  typealias FreeParser = @convention(c) (xmlParserCtxtPtr?) -> Void
  private typealias Initialize = @convention(c) () -> Void

  let createParser: CreateParser
  let useOptions: UseOptions
  let parseChunk: ParseChunk
  let freeParser: FreeParser

  /// The library whose headers this was built with: its binary interface changed with 2.14.
  static let name = ["libxml2.so.2", "libxml2.so.16"][min(Int(LIBXML_VERSION) / 21400, 1)]

  /// The library of this machine, initialized; nil when it is not installed.
  static let installed = LibXML2(name)

  private init?(_ name: String) {
    guard let library = dlopen(name, RTLD_NOW | RTLD_LOCAL), let initialize = dlsym(library, "xmlInitParser"),
      let createParser = dlsym(library, "xmlCreatePushParserCtxt"),
      let useOptions = dlsym(library, "xmlCtxtUseOptions"), let parseChunk = dlsym(library, "xmlParseChunk"),
      let freeParser = dlsym(library, "xmlFreeParserCtxt")
    else { return nil }
    self.createParser = unsafeBitCast(createParser, to: CreateParser.self)
    self.useOptions = unsafeBitCast(useOptions, to: UseOptions.self)
    self.parseChunk = unsafeBitCast(parseChunk, to: ParseChunk.self)
    self.freeParser = unsafeBitCast(freeParser, to: FreeParser.self)
    unsafeBitCast(initialize, to: Initialize.self)()
  }
}
