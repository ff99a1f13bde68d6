import { describe, expect, it } from 'vitest';
import { hasCompiler } from './build/compiler.js';
import { refusal, runToItsEnd } from './testing/programs.js';

const script = (body: string, before = '') => ({
  'Main.mq5': `${before}void OnStart()\n  {\n${body}\n  }\n`,
});

// g++ is the one thing of the host that a machine may lack.
describe.skipIf(!hasCompiler())('a program with a mistake is refused with file, line and column', () => {
  it.each([
    ['an unknown function', '   Foo(1);', "Main.mq5(3,4): error: 'Foo' - function not defined"],
    [
      'an unknown variable',
      '   int x=1;\n   Print(x+y);',
      "Main.mq5(4,12): error: 'y' - undeclared identifier",
    ],
    ['an arrow', '   MqlTick t;\n   t->bid=1;', "Main.mq5(4,5): error: MQL5 has no '->': write '.'"],
    ['a function of C', '   Print(strlen("x"));', "Main.mq5(3,10): error: 'strlen' - function not defined"],
    ['a missing semicolon', '   int x=1\n   Print(x);', 'Main.mq5(4,4): error: '],
    [
      'a fraction made whole without a cast',
      '   int x=Bars(_Symbol,_Period)*0.5;\n   Print(x);',
      "Main.mq5(3,31): warning: possible loss of data due to type conversion from 'double' to 'int'",
    ],
    [
      'a long made an int without a cast',
      '   int x=GetMicrosecondCount();\n   Print(x);',
      "Main.mq5(3,29): warning: possible loss of data due to type conversion from 'ulong' to 'int'",
    ],
    ['an unused variable', '   int x=1;', "Main.mq5(3,8): warning: variable 'x' not used"],
    [
      'an unset variable',
      '   int x;\n   Print(x);',
      "Main.mq5(4,9): warning: possible use of uninitialized variable 'x'",
    ],
    [
      'an assignment for a comparison',
      '   int x=1;\n   if(x=2)\n      Print(x);',
      'Main.mq5(4,8): warning: ',
    ],
    ['a number taken for a text', '   string s=5;\n   Print(s);', 'Main.mq5(3,13): warning: '],
    [
      'a result of OrderSend that nobody looks at',
      '   MqlTradeRequest q={};\n   MqlTradeResult r={};\n   OrderSend(q,r);',
      'Main.mq5(5,13): warning: ',
    ],
  ])('%s', async (_, body, expected) => {
    const found = await refusal(script(body));
    expect(found.map((line) => line.slice(0, expected.length))).toContain(expected);
  });

  it.each([
    [
      'a function without its result',
      'int Half(int x)\n  {\n   if(x>1)\n      return(x/2);\n  }\n',
      '   Print(Half(4));',
      'Main.mq5(5,3): warning: not all control paths return a value',
    ],
    [
      'arguments that do not fit',
      'void Two(int a,int b)\n  {\n   Print(a,b);\n  }\n',
      '   Two(1);',
      'Main.mq5(7,7): error: ',
    ],
    [
      'a method without a body',
      'class CFoo\n  {\npublic:\n   void Bar();\n  };\n',
      '   CFoo foo;\n   foo.Bar();',
      "Main.mq5(9,1): error: function 'CFoo::Bar()' must have a body",
    ],
    [
      'a private member',
      'class CFoo\n  {\n   int m_x;\n  };\n',
      '   CFoo foo;\n   foo.m_x=1;',
      'Main.mq5(8,8): error: ',
    ],
    ['a constant that is changed', 'input int InpX=1;\n', '   InpX=2;', 'Main.mq5(4,8): error: '],
  ])('%s', async (_, before, body, expected) => {
    const found = await refusal(script(body, before));
    expect(found.map((line) => line.slice(0, expected.length))).toContain(expected);
  });

  it('in a file that is included, at its own line', async () => {
    const found = await refusal({
      'Main.mq5': '#include <Lib.mqh>\nvoid OnStart()\n  {\n   Print(Lib());\n  }\n',
      'Lib.mqh': '// a library\n\nint Lib()\n  {\n   return(missing);\n  }\n',
    });
    expect(found).toEqual(["Lib.mqh(5,11): error: 'missing' - undeclared identifier"]);
  });

  it('but not for an int that becomes an enum, nor for names that C++ reserves', async () => {
    const body =
      '   int and=1;\n   ENUM_ORDER_TYPE type=and;\n   ENUM_ORDER_TYPE cast=(ENUM_ORDER_TYPE)(and+1);\n   Print(EnumToString(type),EnumToString(cast));';
    expect(await refusal(script(body))).toEqual([]);
  });
});

describe.skipIf(!hasCompiler())('a program that goes wrong while it runs ends with a critical error', () => {
  it.each([
    [
      'an index behind an array',
      '   int a[3]={1,2,3};\n   int i=TimeCurrent()>0 ? 3 : 0;\n   Print(a[i]);',
      'array out of range',
      5,
    ],
    ['an object that was never made', '   CFoo *foo=NULL;\n   foo.Bar();', 'invalid pointer access', 10],
    [
      'an object that is gone',
      '   CFoo *foo=new CFoo;\n   delete foo;\n   foo.Bar();',
      'invalid pointer access',
      11,
    ],
    ['a division by zero', '   int zero=TimeCurrent()>0 ? 0 : 1;\n   Print(5/zero);', 'zero divide', 4],
  ])('%s, at the line of the program', async (_, body, what, line) => {
    const before = body.includes('CFoo')
      ? 'class CFoo\n  {\npublic:\n   int m_x;\n   void Bar() { m_x++; }\n  };\n'
      : '';
    const { terminal, code } = await runToItsEnd(script(body, before));
    const said = [...terminal.lines, ...terminal.notes].find((each) => each.includes(what));
    expect([code, said]).toEqual([70, expect.stringContaining(`'Main.mq5' (${line})`)]);
  });

  it('in an included file, at its own line', async () => {
    const { terminal, code } = await runToItsEnd({
      'Main.mq5': '#include <Lib.mqh>\nvoid OnStart()\n  {\n   int a[];\n   Print(First(a));\n  }\n',
      'Lib.mqh': '\n\nint First(const int &list[])\n  {\n   return(list[0]);\n  }\n',
    });
    const said = [...terminal.lines, ...terminal.notes].find((each) => each.includes('array out of range'));
    expect([code, said]).toEqual([70, expect.stringContaining("'Lib.mqh' (5)")]);
  });
});

describe.skipIf(!hasCompiler())('the sanitizers', () => {
  it('find a shift that no machine defines, at its line', async () => {
    const body = '   int by=TimeCurrent()>0 ? 40 : 1;\n   Print(1<<by);';
    const { terminal, code } = await runToItsEnd(script(body), { sanitize: true });
    expect(code).toBe(71);
    expect(terminal.notes.join('\n')).toMatch(/Main\.mq5:4:.*shift exponent 40 is too large/);
  });

  it('find memory that is used after an array grew, at its line', async () => {
    const source = {
      'Main.mq5':
        'struct SRow\n  {\n   int x[4];\n  };\nSRow rows[];\nvoid Grow(SRow &row)\n  {\n   ArrayResize(rows,5000);\n   row.x[0]=1;\n  }\n' +
        'void OnStart()\n  {\n   ArrayResize(rows,1);\n   Grow(rows[0]);\n  }\n',
    };
    const { terminal, code } = await runToItsEnd(source, { sanitize: true });
    expect(code).toBe(71);
    expect(terminal.notes.join('\n')).toMatch(/heap-use-after-free/);
    expect(terminal.notes.join('\n')).toMatch(/Main\.mq5:9/);
  });
});
