/* An extension with a function in C. With PostgreSQL's own headers, or, where a version's aren't installed, with
 * HERD_VERSION set to its number: then it declares by itself the little that the server wants to see. */
#ifndef HERD_VERSION

#include "postgres.h"
#include "fmgr.h"

PG_MODULE_MAGIC;
PG_FUNCTION_INFO_V1(horses);

Datum horses(PG_FUNCTION_ARGS)
{
    PG_RETURN_INT32(42);
}

#else

#include <stdint.h>

struct abi {
    int version;
    int function_arguments;
    int index_keys;
    int name_length;
    int float8_by_value;
    char extra[32];
};

#if HERD_VERSION >= 18
struct magic {
    int length;
    struct abi abi;
    const char *name;
    const char *version;
};
#define MAGIC { sizeof(struct magic), { HERD_VERSION * 100, 100, 32, 64, 1, "PostgreSQL" }, "herd", "1.0" }
#else
struct magic {
    int length;
    struct abi abi;
};
#define MAGIC { sizeof(struct magic), { HERD_VERSION * 100, 100, 32, 64, 1, "PostgreSQL" } }
#endif

const struct magic *Pg_magic_func(void)
{
    static const struct magic magic = MAGIC;
    return &magic;
}

struct info {
    int api_version;
};

const struct info *pg_finfo_horses(void)
{
    static const struct info info = { 1 };
    return &info;
}

uintptr_t horses(void *call)
{
    (void) call;
    return 42;
}

#endif
