/// libyaml's messages in words that say what was wanted.
enum YAMLProblem {
  static func plain(_ problem: String) -> String {
    switch problem {
    case "control characters are not allowed":
      return "a control character stands here; only tab and line breaks may"
    case "mapping values are not allowed in this context":
      return "a ':' stands where no key can be; put quotation marks round text that holds ': '"
    case "could not find expected ':'":
      return "a key has no ':' behind it"
    case "did not find expected key":
      return "a key was expected here, at the indentation of the keys above"
    case "did not find expected '-' indicator":
      return "a list item beginning with '- ' was expected here, at the indentation of the items above"
    case "did not find expected ',' or ']'":
      return "',' or ']' was expected here"
    case "did not find expected ',' or '}'":
      return "',' or '}' was expected here"
    case "block sequence entries are not allowed in this context":
      return "a list item stands where no list can begin; put it on a line of its own"
    case "found character that cannot start any token":
      return "a value was expected here; put quotation marks round text that begins with this character, "
        + "and indent with blanks, not tabs"
    case "found unexpected end of stream":
      return "the document ends inside a quoted text"
    case "did not find expected <document start>":
      return
        "the document should end before this text, which is indented less than all above or stands behind it"
    case "did not find expected node content":
      return "a value was expected here"
    case "found unknown escape character":
      return
        "a backslash stands before a character that is no escape; write two, or use single quotation marks"
    case "found invalid Unicode character escape code":
      return "this escape names no Unicode character"
    case _ where problem.contains("UTF-8") || problem == "invalid Unicode character":
      return "the text is not UTF-8 here"
    default:
      return problem
    }
  }
}
