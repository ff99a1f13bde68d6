// Words that C++ reserves and MQL5 leaves to the programmer.
const CPP_ONLY = new Set(
  (
    'and and_eq or or_eq not not_eq xor xor_eq bitand bitor compl register signed unsigned wchar_t char8_t char16_t ' +
    'char32_t auto goto try catch throw volatile mutable explicit friend asm typeid constexpr consteval constinit ' +
    'concept requires noexcept static_assert static_cast reinterpret_cast const_cast decltype thread_local alignas ' +
    'alignof nullptr inline main NDEBUG assert errno stdin stdout stderr EOF'
  ).split(' '),
);

/** An identifier of MQL5 as C++ can hold it. */
export const cppName = (name: string): string => (CPP_ONLY.has(name) ? `mql_kw_${name}` : name);

/** Words that begin a statement or an expression, never a type. */
export const NOT_A_TYPE: ReadonlySet<string> = new Set(
  (
    'return case default else delete new sizeof if while for do switch break continue public private protected ' +
    'class struct interface union enum template typedef using namespace operator this true false typename ' +
    'dynamic_cast const static virtual input sinput extern goto NULL'
  ).split(' '),
);
