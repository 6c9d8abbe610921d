import CLibXML2

/// Whether an error of libxml2 lies in character data rather than in a tag.
func isInText(_ code: xmlParserErrors) -> Bool {
  switch code {
  case XML_ERR_UNDECLARED_ENTITY, XML_WAR_UNDECLARED_ENTITY, XML_ERR_ENTITYREF_SEMICOL_MISSING,
    XML_ERR_INVALID_CHAR, XML_ERR_INVALID_CHARREF, XML_ERR_INVALID_HEX_CHARREF, XML_ERR_INVALID_DEC_CHARREF,
    XML_ERR_MISPLACED_CDATA_END, XML_ERR_ENTITYREF_NO_NAME:
    true
  default: false
  }
}

/// What an error of libxml2 means, in a sentence that says what was expected.
func sentence(for error: xmlError, code: xmlParserErrors) -> String {
  let first = error.str1.map { string($0) } ?? ""
  let second = error.str2.map { string($0) } ?? ""
  switch code {
  case XML_ERR_DOCUMENT_EMPTY:
    return "expected an element, '<' and its name, as the first thing in the document"
  case XML_ERR_DOCUMENT_END:
    return "a document has one outermost element: expected its end, found more behind it"
  case XML_ERR_UNDECLARED_ENTITY, XML_WAR_UNDECLARED_ENTITY:
    return
      "entity &\(first); is not known: expected one of &amp; &lt; &gt; &quot; &apos; or a character reference"
  case XML_ERR_ENTITYREF_SEMICOL_MISSING, XML_ERR_ENTITYREF_NO_NAME:
    return "'&' begins no reference: expected a name and ';' behind it, or '&amp;' for the character itself"
  case XML_ERR_INVALID_CHARREF, XML_ERR_INVALID_HEX_CHARREF, XML_ERR_INVALID_DEC_CHARREF:
    return "character reference names no character of XML: expected '&#' number ';' or '&#x' hexadecimal ';'"
  case XML_ERR_INVALID_CHAR: return "XML has no such character, neither written out nor as a reference"
  case XML_ERR_MISPLACED_CDATA_END: return "']]>' stands in text: expected ']]&gt;'"
  case XML_ERR_NAME_REQUIRED:
    return "expected the name of an element behind '<', or '&lt;' for the character itself"
  case XML_ERR_ATTRIBUTE_REDEFINED: return "attribute \(first) stands twice in one element"
  case XML_ERR_ATTRIBUTE_WITHOUT_VALUE:
    return "attribute \(first) has no value: expected '=' and a quoted value"
  case XML_ERR_ATTRIBUTE_NOT_STARTED: return "attribute value is not quoted: expected \" or '"
  case XML_ERR_ATTRIBUTE_NOT_FINISHED: return "attribute value does not end: expected the quote it began with"
  case XML_ERR_SPACE_REQUIRED: return "expected a blank between two attributes"
  case XML_ERR_GT_REQUIRED: return "expected '>' at the end of the tag"
  case XML_ERR_RESERVED_XML_NAME:
    return "an XML declaration (<?xml …?>) stands only at the very start of a document"
  case XML_ERR_HYPHEN_IN_COMMENT: return "'--' stands in a comment: expected '-->' where it ends"
  case XML_ERR_UNSUPPORTED_ENCODING, XML_ERR_UNKNOWN_ENCODING:
    return "the document declares the encoding \(first); expected UTF-8"
  case XML_NS_ERR_UNDEFINED_NAMESPACE:
    let use = second.isEmpty ? "" : " (on \(second))"
    return "namespace prefix \(first)\(use) is not declared: expected xmlns:\(first)=\"…\""
  default:
    let text = error.message.map { string($0) } ?? "not well-formed"
    let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? "not well-formed"
    return "not well-formed XML: \(line)"
  }
}
