import { describe, expect, it } from 'vitest';
import { readEnvelope } from './envelope.js';

describe('readEnvelope()', () => {
  it('reads a line, and ignores what it does not know', () => {
    const line = '{"v":1,"t":"deal","seq":7,"ts":1704888000000,"d":{"a":1},"more":[]}';
    expect(readEnvelope(line)).toMatchObject({ t: 'deal', seq: 7, d: { a: 1 } });
  });

  it.each(['', 'null', '[]', '7', '"x"', '{}', '{"v":1}', '{"v":1,"t":"x"}', '{"v":1,"t":7,"d":{}}'])(
    'takes %j for no envelope',
    (line) => expect(['BAD_JSON', 'BAD_ENVELOPE']).toContain(readEnvelope(line)),
  );

  it.each([
    ['"d":null'],
    ['"d":[]'],
    ['"d":"x"'],
    ['"d":{},"seq":0'],
    ['"d":{},"seq":-1'],
    ['"d":{},"seq":1.5'],
    ['"d":{},"seq":9007199254740993'],
    ['"d":{},"seq":"1"'],
    ['"d":{},"re":true'],
    ['"d":{},"id":1e400'],
  ])('takes no line with %s', (rest) => {
    expect(readEnvelope(`{"v":1,"t":"x",${rest}}`)).toBe('BAD_ENVELOPE');
  });

  it.each(['2', '0', '"1"', 'null', '1.1'])('takes no version %s', (v) => {
    expect(readEnvelope(`{"v":${v},"t":"x","d":{}}`)).toBe('BAD_VERSION');
  });

  it.each(['{"v":1,', "{'v':1}", '{"v":1}{', '\u0000', '{"v":NaN}', '{"a":01}', 'GET / HTTP/1.1'])(
    'takes %j for no JSON',
    (line) => expect(readEnvelope(line)).toBe('BAD_JSON'),
  );

  it('survives the deepest nesting that a line can hold', () => {
    expect(readEnvelope('['.repeat(65_536))).toBe('BAD_JSON');
    expect(readEnvelope(`${'['.repeat(32_768)}${']'.repeat(32_768)}`)).toBe('BAD_ENVELOPE');
  });

  it('lets a line change no object but its own', () => {
    readEnvelope('{"v":1,"t":"x","d":{},"__proto__":{"polluted":1}}');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
