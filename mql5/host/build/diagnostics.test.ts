import { describe, expect, it } from 'vitest';
import { problemLine } from '../rewriter/problem.js';
import { diagnostics, linkProblems } from './diagnostics.js';

const place = (file: string, line = 3, column = 7) => [{ caret: { file, line, column } }];

const gcc = (message: string, rest: object = {}) => ({
  kind: 'warning',
  message,
  locations: place('X.mq5'),
  children: [],
  ...rest,
});

const told = (...messages: object[]): string[] =>
  diagnostics(`${JSON.stringify(messages)}\n`, (file, line, column) => ({
    file,
    line,
    column: column + 10,
  })).map(problemLine);

describe('diagnostics', () => {
  it('stand at the line and column of the MQL5 source, as MetaEditor prints them', () => {
    expect(told(gcc("'foo' was not declared in this scope; did you mean 'for'?", { kind: 'error' }))).toEqual(
      ["X.mq5(3,17): error: 'foo' - undeclared identifier"],
    );
  });

  it.each([
    [
      "conversion from 'double' to 'int' may change value",
      "possible loss of data due to type conversion from 'double' to 'int'",
    ],
    [
      "conversion from 'long int' to 'int' may change value",
      "possible loss of data due to type conversion from 'long' to 'int'",
    ],
    ["unused variable 'x'", "variable 'x' not used"],
    ["'x' may be used uninitialized", "possible use of uninitialized variable 'x'"],
    ['control reaches end of non-void function', 'not all control paths return a value'],
    [
      "cannot convert 'mql_pointer<mql_program::CFoo>' to 'unsigned char'",
      "cannot convert 'CFoo *' to 'uchar'",
    ],
  ])('%s is said in the words of MQL5', (message, expected) => {
    expect(told(gcc(message))).toEqual([`X.mq5(3,17): warning: ${expected}`]);
  });

  it('let an int become an enum, as MQL5 does, and nothing else of -fpermissive', () => {
    const option = '-fpermissive';
    expect(told(gcc("invalid conversion from 'int' to 'ENUM_ORDER_TYPE'", { option }))).toEqual([]);
    expect(told(gcc("invalid conversion from 'long int' to 'ENUM_ORDER_TYPE'", { option }))).toHaveLength(1);
    expect(told(gcc("invalid conversion from 'const CFoo*' to 'CFoo*'", { option }))).toHaveLength(1);
  });

  it('leave out warnings of the host itself, and names that hide only its own', () => {
    expect(told(gcc('some warning', { locations: place('array.h') }))).toEqual([]);
    const hides = (file: string) =>
      gcc("declaration of 'x' shadows a global declaration", {
        option: '-Wshadow',
        children: [gcc('shadowed declaration', { kind: 'note', locations: place(file) })],
      });
    expect(told(hides('string.h'))).toEqual([]);
    expect(told(hides('X.mq5'))).toEqual(["X.mq5(3,17): warning: declaration of 'x' hides another one"]);
  });

  it('keep errors of the host, so that nothing fails in silence', () => {
    expect(told(gcc('static assertion failed', { kind: 'error', locations: place('array.h') }))).toEqual([
      'array.h(3,7): error: static assertion failed',
    ]);
  });

  it('take no harm from text that is not of the compiler', () => {
    expect(
      diagnostics('[garbage\ncc1plus: note\n', (file, line, column) => ({ file, line, column })),
    ).toEqual([]);
  });
});

describe('problems of the linker', () => {
  it('name the function that has no body, once', () => {
    const line = "/x/Main.mq5:12: undefined reference to `mql_program::CFoo::Bar(int)'";
    expect(linkProblems(`${line}\n${line}\n`).map(problemLine)).toEqual([
      "/x/Main.mq5(12,1): error: function 'CFoo::Bar(int)' must have a body",
    ]);
  });
});
