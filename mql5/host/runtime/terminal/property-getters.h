// The two forms that every property getter of MQL5 has, made from one function that finds the record.
#pragma once
#include "record-properties.h"

// NAME(property) and NAME(property, value &) of the record that FIND() gives; null leaves the error as FIND set it.
#define MQL_SELECTED_GETTER(NAME, PROPERTY, TYPE, FIND)            \
  bool NAME(PROPERTY property, TYPE &value) {                      \
    const auto *record = FIND();                                   \
    return record && terminal::property_of(*record, property, value); \
  }                                                                \
  TYPE NAME(PROPERTY property) {                                   \
    TYPE value = TYPE();                                           \
    NAME(property, value);                                         \
    return value;                                                  \
  }

// The same for records of the history, which are named by their ticket.
#define MQL_HISTORY_GETTER(NAME, PROPERTY, TYPE, FIND)             \
  bool NAME(ulong ticket, PROPERTY property, TYPE &value) {        \
    const auto *record = FIND(ticket);                             \
    return record && terminal::property_of(*record, property, value); \
  }                                                                \
  TYPE NAME(ulong ticket, PROPERTY property) {                     \
    TYPE value = TYPE();                                           \
    NAME(ticket, property, value);                                 \
    return value;                                                  \
  }
