// Records with a ticket, kept in the order of their tickets, as the terminal lists them.
#pragma once
#include <algorithm>
#include <vector>

#include "../language/types.h"

namespace terminal {

template <class Record>
class ticket_table {
 public:
  // Adds the record or replaces the one with its ticket.
  void put(const Record &record) {
    const auto at = place_of(record.ticket);
    if (at != records_.end() && at->ticket == record.ticket)
      *at = record;
    else
      records_.insert(at, record);
  }

  void remove(ulong ticket) {
    const auto at = place_of(ticket);
    if (at != records_.end() && at->ticket == ticket) records_.erase(at);
  }

  const Record *find(ulong ticket) const {
    const auto at = const_cast<ticket_table *>(this)->place_of(ticket);
    return at != records_.end() && at->ticket == ticket ? &*at : nullptr;
  }

  const Record *at(long index) const {
    return index >= 0 && index < size() ? &records_[static_cast<size_t>(index)] : nullptr;
  }

  long size() const { return static_cast<long>(records_.size()); }
  const std::vector<Record> &all() const { return records_; }
  void clear() { records_.clear(); }

 private:
  typename std::vector<Record>::iterator place_of(ulong ticket) {
    // New records nearly always have the highest ticket.
    if (records_.empty() || records_.back().ticket < ticket) return records_.end();
    return std::lower_bound(records_.begin(), records_.end(), ticket,
                            [](const Record &record, ulong wanted) { return record.ticket < wanted; });
  }

  std::vector<Record> records_;
};

}  // namespace terminal
