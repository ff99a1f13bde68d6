import { describe, expect, it } from 'vitest';
import { complaint, cpp, statements } from '../testing/sources.js';

describe('variables', () => {
  it.each([
    ['int a;', 'int a;'],
    ['int a=1,b=2;', 'int a = 1, b = 2;'],
    ['static const double k=0.5;', 'static const double k = 0.5;'],
    ['double list[];', 'mql_array<double> list;'],
    ['double grid[2][3];', 'mql_fixed<mql_fixed<double, 3>, 2> grid;'],
    ['double rows[][3];', 'mql_array<mql_fixed<double, 3>> rows;'],
    ['int n[SIZE+1];', 'mql_fixed<int, SIZE+1> n;'],
    ['const int primes[]={2,3,5};', 'const mql_array<int> primes = {2,3,5};'],
    ['int a[2][2]={{1,2},{3,4}};', 'mql_fixed<mql_fixed<int, 2>, 2> a = {{1,2},{3,4}};'],
    ['MqlTradeRequest request={0};', 'MqlTradeRequest request = {};'],
    ['CFoo foo();', 'CFoo foo;'],
    ['int one[]={0};', 'mql_array<int> one = {0};'],
    // Types that differ make statements of their own.
    ['int size, list[];', 'int size; mql_array<int> list;'],
  ])('%s', (mql5, expected) => {
    expect(statements(mql5)).toBe(expected);
  });

  it('makes pointers to objects of classes of their own type, one by one', () => {
    const text = cpp('class CFoo {}; CFoo *first, *second=NULL, third; const CFoo *fixed; CFoo *all[];');
    expect(text).toContain('mql_pointer<CFoo> first; mql_pointer<CFoo> second = mql_nil; CFoo third;');
    expect(text).toContain('mql_pointer<const CFoo> fixed;');
    expect(text).toContain('mql_array<mql_pointer<CFoo>> all;');
  });

  it('tells a declaration from a product and a call', () => {
    expect(statements('CFoo *p; a = b*c; CFoo foo(1,2); Print(x);')).toBe(
      'mql_pointer<CFoo> p; a = b*c; CFoo foo(1,2); Print(x);',
    );
  });

  it('defines a static member outside its class without the word static', () => {
    expect(cpp('class C { static int n; }; static int C::n=3;')).toContain('int C::n = 3;');
    expect(cpp('class C { static int n; }; static int C::n=3;')).not.toContain('static int C::n');
  });

  it('uses trivial arrays in unions, where C++ allows no constructor', () => {
    expect(cpp('union U { double d; uchar bytes[8]; };')).toContain('mql_plain<uchar, 8> bytes;');
  });
});

describe('inputs', () => {
  it('are constants that the command line gives a value', () => {
    expect(cpp('input int InpFast=12; // Fast period\nsinput string InpName;')).toBe(
      'const int InpFast = mql_input<int>("InpFast",(12)); const string InpName = mql_input<string>("InpName", string());',
    );
  });

  it('may stand in groups, whose names say nothing', () => {
    expect(cpp('input group "Risk"\ninput double InpLots=0.1;\ninput group "Other";')).toBe(
      'const double InpLots = mql_input<double>("InpLots",(0.1));',
    );
  });
});

describe('parameters', () => {
  it.each([
    ['void F(double &list[])', 'void F(mql_array<double> & list)'],
    ['void F(const double &list[][2])', 'void F(const mql_array<mql_fixed<double, 2>> & list)'],
    ['void F(const MqlTick &tick)', 'void F(const MqlTick & tick)'],
    [
      'void F(CFoo *foo, CFoo *&out, CFoo *&all[])',
      'void F(mql_pointer<CFoo> foo, mql_pointer<CFoo> & out, mql_array<mql_pointer<CFoo>> & all)',
    ],
    ['int F(void)', 'int F()'],
    ['void F(CMap<int,string>*map,int n=Max(1,2))', 'void F(mql_pointer<CMap<int, string>> map, int n)'],
  ])('%s', (mql5, expected) => {
    expect(cpp(`${mql5} {}`)).toContain(`${expected} {}`);
  });

  it('must take arrays by reference', () => {
    expect(complaint('void F(int list[]) {}')).toBe('main.mq5:1:8 arrays are passed by reference only');
  });
});
