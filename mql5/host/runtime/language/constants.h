// Limits and other named constants of the language.
#pragma once
#include <cfloat>
#include <climits>

#include "types.h"

// <climits> has CHAR_MIN … ULONG_MAX except these; SHORT is SHRT in C.
#define SHORT_MIN (-32768)
#define SHORT_MAX 32767
#define USHORT_MAX 65535
#define EMPTY_VALUE DBL_MAX
#define EMPTY (-1)
#define WHOLE_ARRAY (-1)
#define INVALID_HANDLE (-1)
#define WRONG_VALUE (-1)
#define CLR_NONE (static_cast<color>(0xFFFFFFFFu))
#define IS_DEBUG_MODE false
#define IS_PROFILE_MODE false
#define CHAR_VALUE 1
#define SHORT_VALUE 2
#define INT_VALUE 4

#define __MQL__ 1
#define __MQL5__ 1
#define __MQLBUILD__ 4885
