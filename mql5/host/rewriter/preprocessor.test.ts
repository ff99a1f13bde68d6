import { describe, expect, it } from 'vitest';
import { complaint, cpp, rewriteFiles, statements } from '../testing/sources.js';

describe('macros', () => {
  it.each([
    ['#define N 5', 'x=N+N;', 'x = 5+5;'],
    ['#define SQUARE(a) ((a)*(a))', 'x=SQUARE(y+1);', 'x = ((y+1)*(y+1));'],
    ['#define NAME(a) #a', 's=NAME(x+y);', 's = u"x+y"_mql;'],
    ['#define GLUE(a,b) a##b', 'x=GLUE(foo,2);', 'x = foo2;'],
    ['#define A B\n#define B A', 'x=A;', 'x = A;'],
    ['#define LONG 1+ \\\n 2', 'x=LONG;', 'x = 1+ 2;'],
    ['#define CALL(f,a) f(a)', 'CALL(Print,Max(1,2));', 'Print(Max(1,2));'],
    ['#define N 1\n#undef N', 'x=N;', 'x = N;'],
    ['#define NOARGS() 7', 'x=NOARGS(); y=NOARGS;', 'x = 7; y = NOARGS;'],
  ])('%s', (definition, use, expected) => {
    const text = cpp(`${definition}\nvoid F() { ${use} }`);
    expect(text.slice(text.lastIndexOf('{') + 1, -1)).toBe(expected);
  });

  it('count their arguments', () => {
    expect(complaint('#define F(a,b) a\nint x=F(1);')).toBe(
      "main.mq5:2:7 macro 'F' takes 2 arguments, 1 given",
    );
  });
});

describe('conditions', () => {
  it('choose lines, nested too, and never look into the others', () => {
    const source =
      '#define A\n#ifdef A\nint a;\n#ifndef A\nint no;\n#include "missing.mqh"\n#else\nint b;\n#endif\n#else\nint c;\n#endif';
    expect(cpp(source)).toBe('int a; int b;');
  });

  it('know __MQL5__', () => {
    expect(cpp('#ifdef __MQL5__\nint five;\n#else\nint four;\n#endif')).toBe('int five;');
  });

  it.each([
    ['#ifdef A\nint a;', 'main.mq5:1:1 no #endif for this condition'],
    ['#endif', 'main.mq5:1:1 #endif without #ifdef'],
    ['#if 1', "main.mq5:1:1 MQL5 has no directive '#if'"],
    ['#pragma once', "main.mq5:1:1 MQL5 has no directive '#pragma'"],
  ])('%s is refused', (source, expected) => {
    expect(complaint(source)).toBe(expected);
  });
});

describe('#include', () => {
  it('takes each file once, ignoring case, <> from Include and "" from beside', () => {
    const { cpp: text, files } = rewriteFiles({
      'main.mq5': '#include <lib\\TOOLS.mqh>\n#include <Lib/Tools.mqh>\n#include "Near.mqh"\n',
      'Include/Lib/Tools.mqh': '#include "Base.mqh"\nint tools;',
      'Include/Lib/Base.mqh': 'int base_value;',
      'near.mqh': 'int near_value;',
    });
    expect(text.match(/int \w+_value|int tools/g)).toEqual(['int base_value', 'int tools', 'int near_value']);
    expect(files.map((file) => file.path.split('/').at(-1))).toEqual([
      'main.mq5',
      'Tools.mqh',
      'Base.mqh',
      'near.mqh',
    ]);
  });

  it('tells which file is missing, and who wants it', () => {
    expect(complaint({ 'main.mq5': '#include "a.mqh"', 'a.mqh': '\n#include <Nowhere.mqh>' })).toBe(
      'a.mqh:2:1 file <Nowhere.mqh> not found',
    );
  });
});

describe('source files', () => {
  const source = 'string s="\u20ac"; // caf\u00e9\r\nint x;\r\n';

  it.each([
    ['UTF-16LE as MetaEditor saves', Buffer.from(`\ufeff${source}`, 'utf16le')],
    ['UTF-16LE without a mark', Buffer.from(source, 'utf16le')],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${source}`, 'utf8')],
    ['UTF-8 without', Buffer.from(source, 'utf8')],
  ])('may be %s', (_, bytes) => {
    const { cpp: text } = rewriteFiles({ 'main.mq5': bytes });
    expect(text).toContain('string s=u"\\x20ac"_mql');
    expect(text).toContain('int x');
  });

  it('may hold properties, resources and comments anywhere', () => {
    expect(
      cpp('#property copyright "me"\n#property description "a"\n"b"\n#resource "x.bmp"\nint /* c */ x; // d'),
    ).toBe('int x;');
    expect(rewriteFiles({ 'main.mq5': '#property version "1.5"\n' }).properties.get('version')).toBe('"1.5"');
  });

  it('never leave a comment open', () => {
    expect(complaint('int x; /* open')).toBe('main.mq5:1:8 comment is not closed');
  });

  it('keep texts that look like comments or directives', () => {
    expect(statements('s="// no"; t="/*"; u="#define";')).toBe(
      's = u"// no"_mql; t = u"/*"_mql; u = u"#define"_mql;',
    );
  });
});
