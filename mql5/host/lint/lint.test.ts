import { describe, expect, it } from 'vitest';
import { preprocessFiles } from '../testing/sources.js';
import { lint } from './lint.js';

const problems = (mql5: string): string[] =>
  lint(preprocessFiles({ 'main.mq5': mql5 })).map(({ at, text }) => `${at.line}:${at.column} ${text}`);

const inFunction = (mql5: string): string[] => problems(`void F(int a,string s)\n{\n${mql5}\n}`);

describe('what C++ has and MQL5 has not', () => {
  it.each([
    ['x=p->Size();', "3:4 MQL5 has no '->': write '.'"],
    ['auto x=1;', '3:1 MQL5 has no auto: write the type'],
    ['p=nullptr;', '3:3 MQL5 has no nullptr: write NULL'],
    ['x=std::Max(1,2);', '3:3 MQL5 has no std::'],
    ['goto done;', '3:1 MQL5 has no goto'],
    ['throw a;', '3:1 MQL5 has no exceptions'],
    ['unsigned x=1;', '3:1 MQL5 has no unsigned: write uchar, ushort, uint or ulong'],
    ['long long x=1;', '3:1 MQL5 has no long long: write long'],
    ['x=new int;', '3:3 new makes objects of classes only'],
    ['Sort(a,[](int b) { return b; });', '3:8 MQL5 has no lambdas'],
    ['for(int x : a) a++;', '3:1 MQL5 has no for over a range'],
    [
      'x="caf\u00e9";',
      '3:3 characters beyond ASCII in a file without a mark of its encoding: write \\x escapes',
    ],
    [`int ${'n'.repeat(64)}=1;`, `3:5 '${'n'.repeat(64)}' - a name has at most 63 characters`],
    ['mql_delete(a);', "3:1 'mql_delete' - names with mql_ belong to the host"],
  ])('%s', (mql5, expected) => {
    expect(inFunction(mql5)).toContain(expected);
  });

  it('may be a name, where it means nothing in MQL5', () => {
    expect(inFunction('bool auto=true; if(auto) a=register+1;')).toEqual([]);
  });

  it('is not looked for in comments and texts', () => {
    expect(inFunction('// p->x \u00e9 goto\ns="p->x std:: goto"; /* auto */')).toEqual([]);
  });
});

describe('functions', () => {
  it.each(['strlen(s);', 'memcpy(a,s,2);', 'abs(a);', 'exit(1);', 'MyOwn(a);', 'a=a*strtol(s);'])(
    '%s is none of MQL5, even if C++ or the host has it',
    (call) => {
      const name = /(\w+)\(/.exec(call)![1]!;
      expect(inFunction(call).map((text) => text.replace(/^\S+ /, ''))).toContain(
        `'${name}' - function not defined`,
      );
    },
  );

  it.each([
    'PrintFormat("%d",a); MathAbs(a); fabs(a); OrderSend(r,t); iClose(s,PERIOD_H1,0); printf("x");',
    'if(a) return; while(a) a--; switch(a) { default: a=int(1.5); } s=string(a);',
    'MqlTick tick(); ENUM_TIMEFRAMES t=ENUM_TIMEFRAMES(1);',
  ])('%s is fine', (mql5) => {
    expect(inFunction(mql5)).toEqual([]);
  });

  it('may be defined by the program: functions, methods, constructors, macros, objects, templates', () => {
    const source = [
      'class CFoo { CFoo *m_next; public: CFoo(int n) : m_next(NULL) {} CFoo *Next() { return Own(); } CFoo *Own() { return m_next; } };',
      '#define TWICE(x) Later(x)*2',
      'template<typename T> T Same(T x) { return x; }',
      'void F(int a) { CFoo foo(1); foo.Next(); int b(2); TWICE(a); Same(a); }',
      'double Later(double x) { return x; }',
    ].join('\n');
    expect(problems(source)).toEqual([]);
  });

  it('are judged at the line that calls them, also in a file that is included', () => {
    const rewritten = preprocessFiles({
      'main.mq5': '#include "Helper.mqh"\nvoid OnTick() { Help(); }',
      'Helper.mqh': 'void Help()\n{\n   Missing();\n}',
    });
    expect(lint(rewritten).map(({ at }) => `${at.file.split('/').at(-1)}:${at.line}`)).toEqual([
      'Helper.mqh:3',
    ]);
  });
});
