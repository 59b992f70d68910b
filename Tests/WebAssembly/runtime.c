// What Embedded Swift needs on WebAssembly beside wasi-libc.

#include <stdint.h>
#include <stdlib.h>

// Clang's stack protector. A fixed guard: the linear memory of a module is nobody else's.
uintptr_t __stack_chk_guard = 0x5ac71e55;
_Noreturn void __stack_chk_fail(void) { __builtin_trap(); }

// The standard library's `Double.init(_: String)`: the end of the number, or null where there is none.
// The locale of wasi-libc is always "C".
const char *_swift_stdlib_strtod_clocale(const char *text, double *value) {
  char *end;
  *value = strtod(text, &end);
  return end == text ? NULL : end;
}
