// libcrypto is opened when it is first needed: most starts of the program have no use for it, and some machines do not have it.

#include "COpenSSL.h"

#include <dlfcn.h>
#include <stddef.h>

static const char *const names[] = {
#define COPENSSL_NAME(name) #name,
    COPENSSL_FUNCTIONS(COPENSSL_NAME)
#undef COPENSSL_NAME
};

const copenssl *copenssl_load(const char *name) {
  static union {
    copenssl functions;
    void *addresses[sizeof names / sizeof names[0]];
  } table;
  _Static_assert(sizeof table.functions == sizeof table.addresses, "a function has the size of an address");
  void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return NULL;
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    table.addresses[i] = dlsym(library, names[i]);
    if (table.addresses[i] == NULL) {
      dlclose(library);
      return NULL;
    }
  }
  return &table.functions;
}
