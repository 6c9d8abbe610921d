#include <libxml/xmlversion.h>

// A libxml2 that was built with ICU includes ICU's headers, and their types collide with those of Foundation's own
// ICU where a test imports both. Only xmlCharEncodingHandler has members of them, and nobody here uses it.
#undef LIBXML_ICU_ENABLED

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>
#include <libxml/xmlerror.h>
