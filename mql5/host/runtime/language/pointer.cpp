#include "pointer.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "array.h"
#include "print.h"

namespace {
struct entry {
  const mql_object *object;
  uint generation;
};

// Slot 0 is NULL. Never destroyed: objects of the program's globals say goodbye after main().
struct registry {
  std::vector<entry> slots{{nullptr, 0}};
  std::vector<uint> free_slots;
  // Memory that `new` has given and whose object has not begun to be constructed: `new A(new B)` has two at once.
  std::vector<const void *> pending;
  int dynamic_objects = 0;
};
void report_undeleted();
registry &objects() {
  // Registered before the first object is complete, so that it runs after the destructors of all global ones.
  static registry *here = (std::atexit(report_undeleted), new registry);
  return *here;
}
void report_undeleted() {
  const int left = objects().dynamic_objects;
  if (left > 0) mql_print(string(std::to_string(left) + " undeleted objects left"));
}
}  // namespace

void *mql_object::operator new(size_t bytes) {
  void *memory = ::operator new(bytes);
  objects().pending.push_back(memory);
  return memory;
}

void mql_object::operator delete(void *memory) { ::operator delete(memory); }

bool mql_object::claim(const void *object) {
  auto &pending = objects().pending;
  const auto found = std::find(pending.rbegin(), pending.rend(), object);
  if (found == pending.rend()) return false;
  pending.erase(std::next(found).base());
  objects().dynamic_objects++;
  return true;
}

mql_object::~mql_object() {
  registry &all = objects();
  if (dynamic) all.dynamic_objects--;
  if (slot == 0) return;
  all.slots[slot].object = nullptr;
  all.slots[slot].generation++;
  all.free_slots.push_back(slot);
}

uint mql_object::mql_slot() const {
  if (slot) return slot;
  registry &all = objects();
  if (all.free_slots.empty()) {
    slot = static_cast<uint>(all.slots.size());
    all.slots.push_back({this, 1});
  } else {
    slot = all.free_slots.back();
    all.free_slots.pop_back();
    all.slots[slot].object = this;
  }
  return slot;
}

const mql_object *mql_object_of(uint slot, uint generation) {
  const entry &found = objects().slots[slot];
  return found.generation == generation ? found.object : nullptr;
}

uint mql_generation_of(uint slot) { return objects().slots[slot].generation; }

int mql_undeleted_objects() { return objects().dynamic_objects; }

void mql_memory_moved(const void *from, const void *to, size_t bytes) {
  const char *begin = static_cast<const char *>(from);
  for (entry &slot : objects().slots) {
    const char *at = reinterpret_cast<const char *>(slot.object);
    if (at >= begin && at < begin + bytes) slot.object = reinterpret_cast<const mql_object *>(static_cast<const char *>(to) + (at - begin));
  }
}
