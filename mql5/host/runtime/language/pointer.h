// Class pointers. A pointer is a handle into a registry of objects: a deleted object is seen by every copy of its
// pointer (POINTER_INVALID), and using it is a critical error instead of undefined behaviour.
#pragma once
#include <new>

#include "critical.h"
#include "enum.h"
#include "errors.h"

MQL_ENUM(ENUM_POINTER_TYPE, POINTER_INVALID, POINTER_DYNAMIC, POINTER_AUTOMATIC)

// The base of every class. MQL5's destructors are always virtual.
class mql_object {
 public:
  mql_object() : dynamic(mql_object::claim(this)) {}
  mql_object(const mql_object &) : mql_object() {}
  mql_object &operator=(const mql_object &) { return *this; }
  virtual ~mql_object();

  static void *operator new(size_t bytes);
  static void *operator new(size_t, void *place) { return place; }
  static void operator delete(void *memory);
  static void operator delete(void *, void *) {}

  // The slot of this object in the registry; made when the first pointer to it is taken.
  uint mql_slot() const;
  bool mql_is_dynamic() const { return dynamic; }

 private:
  mutable uint slot = 0;
  bool dynamic;
  static bool claim(const void *object);
};

// Objects made by `new` that nobody has deleted; told at the end of the program, as the terminal does.
int mql_undeleted_objects();

// The object that a handle means; null when it is gone.
const mql_object *mql_object_of(uint slot, uint generation);
uint mql_generation_of(uint slot);

template <class T> class mql_pointer {
 public:
  mql_pointer() = default;
  mql_pointer(mql_nil_t) {}
  mql_pointer(T *object) { take(object); }
  template <class D, mql_if<std::is_convertible_v<D *, T *>> = 0> mql_pointer(const mql_pointer<D> &other) : slot(other.slot), generation(other.generation) {}
  // `(CDerived *)base`.
  template <class B, mql_if<!std::is_convertible_v<B *, T *>> = 0> explicit mql_pointer(const mql_pointer<B> &other) {
    if (!other.raw()) return;
    T *object = dynamic_cast<T *>(other.raw());
    if (!object) mql_critical("incorrect casting of pointers");
    take(object);
  }

  // Null when the object is gone.
  T *raw() const { return static_cast<T *>(const_cast<mql_object *>(mql_object_of(slot, generation))); }
  T *get() const {
    T *object = raw();
    if (!object) mql_critical("invalid pointer access");
    return object;
  }
  T *operator->() const { return get(); }
  operator T &() const { return *get(); }
  explicit operator bool() const { return slot != 0; }
  bool operator!() const { return slot == 0; }
  ulong handle() const { return (static_cast<ulong>(generation) << 32) | slot; }
  bool is_null() const { return slot == 0; }

  // As in MQL5 a value that is no pointer goes to the object's own operator=, an index to its operator[].
  template <class V, mql_if<!std::is_convertible_v<const V &, mql_pointer>> = 0> const mql_pointer &operator=(const V &value) const {
    *get() = value;
    return *this;
  }
  template <class I, class U = T> auto operator[](const I &index) const -> decltype(std::declval<U &>()[index]) { return (*get())[index]; }

 private:
  template <class U> friend class mql_pointer;
  uint slot = 0;
  uint generation = 0;

  void take(T *object) {
    if (!object) return;
    slot = static_cast<const mql_object *>(object)->mql_slot();
    generation = mql_generation_of(slot);
  }
};

template <class A, class B> bool operator==(const mql_pointer<A> &a, const mql_pointer<B> &b) { return a.handle() == b.handle(); }
template <class A, class B> bool operator!=(const mql_pointer<A> &a, const mql_pointer<B> &b) { return a.handle() != b.handle(); }
template <class A, class B> bool operator==(const mql_pointer<A> &a, B *b) { return a.raw() == b; }
template <class A, class B> bool operator!=(const mql_pointer<A> &a, B *b) { return a.raw() != b; }
template <class A, class B> bool operator==(A *a, const mql_pointer<B> &b) { return a == b.raw(); }
template <class A, class B> bool operator!=(A *a, const mql_pointer<B> &b) { return a != b.raw(); }
template <class A> bool operator==(const mql_pointer<A> &a, mql_nil_t) { return a.is_null(); }
template <class A> bool operator!=(const mql_pointer<A> &a, mql_nil_t) { return !a.is_null(); }
template <class A> bool operator==(mql_nil_t, const mql_pointer<A> &a) { return a.is_null(); }
template <class A> bool operator!=(mql_nil_t, const mql_pointer<A> &a) { return !a.is_null(); }

// A bare `this`: a pointer where a pointer is wanted, the object where the object is.
template <class T> class mql_self {
 public:
  explicit mql_self(T *self) : object(self) {}
  operator T *() const { return object; }
  operator T &() const { return *object; }
  operator mql_pointer<T>() const { return mql_pointer<T>(object); }
  template <class B, mql_if<std::is_convertible_v<T *, B *> && !std::is_same_v<T, B>> = 0> operator mql_pointer<B>() const { return mql_pointer<B>(object); }

 private:
  T *object;
};

template <class T> mql_pointer<T> GetPointer(T &object) { return mql_pointer<T>(&object); }
template <class T> mql_pointer<T> GetPointer(const mql_pointer<T> &pointer) { return pointer; }
template <class T> mql_pointer<T> GetPointer(const mql_self<T> &self) { return self; }

template <class T> ENUM_POINTER_TYPE CheckPointer(const mql_pointer<T> &pointer) {
  const T *object = pointer.raw();
  return !object ? POINTER_INVALID : object->mql_is_dynamic() ? POINTER_DYNAMIC : POINTER_AUTOMATIC;
}
inline ENUM_POINTER_TYPE CheckPointer(mql_nil_t) { return POINTER_INVALID; }
template <class T, mql_if<std::is_base_of_v<mql_object, T>> = 0> ENUM_POINTER_TYPE CheckPointer(const T &object) { return object.mql_is_dynamic() ? POINTER_DYNAMIC : POINTER_AUTOMATIC; }
template <class T> ENUM_POINTER_TYPE CheckPointer(T *object) { return !object ? POINTER_INVALID : CheckPointer(*object); }

// mql_dynamic_cast<X>(p) and mql_dynamic_cast<X *>(p): null when the object is something else.
template <class T, class S> mql_pointer<std::remove_pointer_t<T>> mql_dynamic_cast(const mql_pointer<S> &pointer) { return mql_pointer<std::remove_pointer_t<T>>(dynamic_cast<std::remove_pointer_t<T> *>(pointer.raw())); }
template <class T, class S> mql_pointer<std::remove_pointer_t<T>> mql_dynamic_cast(S *pointer) { return mql_pointer<std::remove_pointer_t<T>>(dynamic_cast<std::remove_pointer_t<T> *>(pointer)); }
template <class T, class S> mql_pointer<std::remove_pointer_t<T>> mql_dynamic_cast(const mql_self<S> &self) { return mql_dynamic_cast<T>(static_cast<S *>(self)); }

// `delete p`, written `mql_delete(p)` or `mql_delete = p`.
struct mql_deleter {
  template <class T> void operator()(const mql_pointer<T> &pointer) const {
    const ENUM_POINTER_TYPE type = CheckPointer(pointer);
    if (type == POINTER_DYNAMIC) delete pointer.raw();
    // The terminal goes on after these two as well.
    else mql_fail(type == POINTER_INVALID ? ERR_INVALID_POINTER : ERR_INVALID_POINTER_TYPE);
  }
  template <class T> void operator()(T *object) const { (*this)(mql_pointer<T>(object)); }
  template <class T> void operator()(const mql_self<T> &self) const { (*this)(static_cast<mql_pointer<T>>(self)); }
  template <class P> void operator=(const P &pointer) const { (*this)(pointer); }
};
inline constexpr mql_deleter mql_delete{};
