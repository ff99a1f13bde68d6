import { describe, expect, it } from 'vitest';
import { cpp, rewriteFiles, statements } from '../testing/sources.js';

describe('expressions', () => {
  it.each([
    // Objects and pointers read alike in MQL5; every object points at itself.
    ['a.b.c=list[i].x;', 'a->b->c = list[i]->x;'],
    ['x=Make().Size()*1.5;', 'x = Make()->Size()*1.5;'],
    ['this.m_x=1; Keep(this); Keep(&this);', 'this->m_x = 1; Keep(mql_self(this)); Keep(GetPointer(*this));'],
    ['x=(CFoo *)base;', 'x = (mql_pointer<CFoo>)base;'],
    ['x=dynamic_cast<CFoo *>(base);', 'x = mql_dynamic_cast<CFoo *>(base);'],
    ['delete list[i];', 'mql_delete(list[i]);'],
    ['x=Convert<double>(y); z=a<b && c>(d);', 'x = Convert<double>(y); z = a<b && c>(d);'],
    ['x=a>>2; x>>=1;', 'x = a>>2; x>>=1;'],
    ['x=typename(y);', 'x = mql_typename(y);'],
    // Names that only C++ reserves.
    ['int and=1; x=and+register;', 'int mql_kw_and = 1; x = mql_kw_and+mql_kw_register;'],
  ])('%s', (mql5, expected) => {
    expect(statements(mql5)).toBe(expected);
  });

  it('knows template arguments that are pointers', () => {
    expect(statements('CList<CFoo *> list; x=new CList<CFoo *>(3);')).toBe(
      'CList<mql_pointer<CFoo>> list; x = new CList<mql_pointer<CFoo>>(3);',
    );
  });

  it('says where it is', () => {
    const text = cpp('class CFoo { void Bar() { x=__FUNCTION__; y=__LINE__; z=__FILE__; w=__FUNCSIG__; } };');
    expect(text).toContain('x = u"CFoo::Bar"_mql; y = 1; z = u"main.mq5"_mql; w = u"void Bar()"_mql;');
  });
});

describe('statements', () => {
  it.each([
    'if(a) b(); else { c(); }',
    'for(int i=0,n=3; i<n; i++) { if(i==1) continue; break; }',
    'for(;;) x++;',
    'while(a) a--;',
    'do a++; while(a<3);',
    'switch(a) { case 1: case B: b(); break; default: c(); }',
    'return; return(1);',
    '{ ; }',
  ])('%s stays as it is', (mql5) => {
    expect(statements(mql5).replace(/[ ]/g, '')).toBe(
      mql5.replace(/ (?=[^a-z]|[a-z])/g, '').replace(/[ ]/g, ''),
    );
  });
});

describe('lines', () => {
  it('keeps each statement on its line, for compiler errors, critical errors and coverage', () => {
    const { cpp: text } = rewriteFiles({
      'main.mq5': 'int a;\n\n\n\n\n\n\nint b;\nvoid F()\n  {\n   a=b;\n  }\n',
    });
    const lines = text.split('\n');
    const at = (wanted: string) => {
      const index = lines.findIndex((line) => line.includes(wanted));
      const directive = lines.findLastIndex((line, i) => i < index && line.startsWith('#line'));
      return Number(/#line (\d+)/.exec(lines[directive]!)![1]) + index - directive - 1;
    };
    expect([at('int b'), at('a=b'), at('int a')]).toEqual([8, 11, 1]);
  });

  it('finds the column of the source for a column of the C++', () => {
    const source = "void F()\n  {\n   double d=1;   D'2024.01.01'; wrong(d);\n  }\n";
    const { cpp: text, locate } = rewriteFiles({ 'main.mq5': source });
    const line = text.split('\n').find((each) => each.includes('wrong'))!;
    const file = /#line \d+ "([^"]+)"/.exec(text)![1]!;
    expect(locate(file, 3, line.indexOf('wrong') + 1).column).toBe(
      source.split('\n')[2]!.indexOf('wrong') + 1,
    );
  });
});
