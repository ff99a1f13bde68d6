import { describe, expect, it } from 'vitest';
import { complaint, cpp, rewriteFiles } from '../testing/sources.js';

describe('functions', () => {
  it('may be called before they are written, with their default arguments', () => {
    expect(cpp('void OnTick() { Later(1); } double Later(double x,int n=2) { return x; }')).toBe(
      'void OnTick(); double Later(double x, int n = 2); ' +
        'void OnTick() {Later(1);} double Later(double x, int n) {return x;}',
    );
  });

  it('declare a default once, also where the program has a prototype of its own', () => {
    const text = cpp('int F(int a=1); int F(int a) { return a; }');
    expect(text).toBe('int F(int a = 1); int F(int a) {return a;}');
  });

  it('may use variables further below', () => {
    const text = cpp('void F() { later=1; } int later;');
    expect(text).toBe('void F(); int later; void F() {later = 1;}');
  });

  it('are declared after a variable that a default argument uses', () => {
    const text = cpp('void F() {} const int LIMIT=3; void G(int n=LIMIT) {}');
    expect(text.indexOf('void G(int n = LIMIT)')).toBeGreaterThan(text.indexOf('LIMIT = 3'));
  });

  it('may be templates', () => {
    expect(cpp('template<typename T> T Twice(T x) { return x+x; }')).toContain(
      'template <typename T> T Twice(T x); template <typename T> T Twice(T x) {return x+x;}',
    );
  });

  it('of DLLs stop the program when they are called', () => {
    expect(cpp('#import "user32.dll"\nint MessageBoxW(int h,string &t);\n#import\n')).toBe(
      'int MessageBoxW(int, string &) {mql_import_missing("user32.dll", "MessageBoxW"); return int();}',
    );
  });

  it('must have a body', () => {
    expect(complaint('int Missing(int x);\nvoid OnTick() { }')).toBe(
      "main.mq5:1:1 function 'Missing' must have a body",
    );
  });
});

describe('types', () => {
  it('of classes are known before the first function, so that any may mention them', () => {
    const text = cpp('void F(CFoo *p, EColor c) {} enum EColor { RED }; class CFoo {};');
    expect(text.indexOf('class CFoo;')).toBeLessThan(text.indexOf('void F('));
    expect(text.indexOf('enum EColor : int {RED,}')).toBeLessThan(text.indexOf('void F('));
  });

  it('of enums know the names of their values', () => {
    expect(cpp('enum E { A, B=5 };')).toBe(
      'enum E : int {A, B = 5,}; inline const mql_enum_table &mql_enum_names(E) ' +
        '{static const mql_enum_table table({{u"A", A}, {u"B", B}}); return table;}',
    );
  });

  it('of enums inside a class do as well', () => {
    expect(cpp('class C { enum E { A }; };')).toContain('friend const mql_enum_table &mql_enum_names(E)');
  });

  it('of classes descend from the object of the terminal, and structs from nothing', () => {
    expect(cpp('class A {}; class B : public A {}; struct S {}; struct T : S {};')).toBe(
      'class A; class B; struct S; struct T; class A : public mql_object {}; class B : public A {}; ' +
        'struct S {public:}; struct T : public S {public:};',
    );
  });

  it('of interfaces have methods without bodies', () => {
    expect(cpp('interface IShape { double Area(); };')).toContain('virtual double Area() = 0;');
  });
});

describe('classes', () => {
  const body = (mql5: string) => cpp(mql5).replace(/^class \w+; /, '');

  it('have constructors with lists, destructors, operators and constant methods', () => {
    const text = body(
      'class C { int x; public: C(int a) : x(a) {} void C() {} ~C() {} int Get(void) const { return x; } ' +
        'int operator[](const int i) { return x; } bool operator==(const C &o) const { return true; } };',
    );
    for (const piece of [
      'C(int a); C(); ~C(); int Get() const; int operator[](const int i); bool operator==(const C & o) const;',
      'C::C(int a) : x(a) {}',
      'C::C() {}',
      'C::~C() {}',
      'int C::Get() const {return x;}',
      'int C::operator[](const int i) {return x;}',
      'bool C::operator==(const C & o) const {return true;}',
    ])
      expect(text).toContain(piece);
  });

  it('have bodies that may use classes and variables further below', () => {
    const text = cpp('class A { void F() { B b; b.x=later; } }; class B { public: int x; }; int later;');
    expect(text).toContain('class A : public mql_object { void F();};');
    expect(text.indexOf('void A::F() {B b;')).toBeGreaterThan(text.indexOf('int later;'));
  });

  it('say types of their own behind the name of a method', () => {
    expect(cpp('class C { enum E { X }; E Get(int n=1) const { return X; } };')).toContain(
      'E Get(int n = 1) const;',
    );
    expect(cpp('class C { enum E { X }; virtual E Get() const { return X; } };')).toContain(
      'auto C::Get() const -> E {return X;}',
    );
  });

  it('may define methods outside', () => {
    const text = cpp(
      'class C { public: enum E { A }; C(); E Get(int n=1); }; C::C() {} C::E C::Get(int n=1) { return A; }',
    );
    expect(text).toContain('C::C() {}');
    expect(text).toContain('C::E C::Get(int n) {return A;}');
  });

  it('may be templates, whose methods outside leave the arguments away', () => {
    const text = cpp(
      'template<typename T> class CList { T Get(); }; template<typename T> T CList::Get() { }',
    );
    expect(text).toContain('template <typename T> T CList<T>::Get() {}');
  });

  it('need a semicolon', () => {
    expect(complaint('class C { }\nint x;')).toContain('expected');
  });
});

describe('handlers', () => {
  it('are registered with the arguments that they take', () => {
    const { cpp: text } = rewriteFiles({
      'main.mq5': 'void OnInit() {} void OnDeinit(const int reason) {} void OnTick() {}',
    });
    expect(text).toContain('handlers.OnInit = []() -> int { mql_program::OnInit(); return 0; };');
    expect(text).toContain(
      'handlers.OnDeinit = [](const int reason) -> void { mql_program::OnDeinit(reason); };',
    );
    expect(text).not.toContain('handlers.OnTimer');
    expect(text).toContain('handlers.name = "main";');
  });

  it('must have the parameters that the terminal gives', () => {
    expect(complaint('void OnTick(int n) {}')).toBe(
      "main.mq5:1:1 'OnTick' - wrong parameters of an event handler",
    );
  });

  it('of indicators are refused', () => {
    expect(
      complaint('int OnCalculate(const int n,const int p,const int b,const double &price[]) { return n; }'),
    ).toBe('main.mq5:1:1 this host runs expert advisors and scripts, no indicators');
  });
});
