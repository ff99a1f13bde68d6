import { describe, expect, it } from 'vitest';
import { parseInputs } from './inputs.js';
import { Output } from './output.js';
import { randomWalk } from './random-walk.js';
import { scriptResult } from './script-result.js';

describe('output', () => {
  it('joins lines that come in pieces, and counts a last one without an end', () => {
    const output = new Output();
    output.push('EA\tfir');
    output.push('st\nEA\tsecond\nEA\tth');
    expect(output.lines).toEqual(['EA\tfirst', 'EA\tsecond']);
    output.end();
    expect(output.lines).toEqual(['EA\tfirst', 'EA\tsecond', 'EA\tth']);
  });

  it('tells those who wait, also of what was printed before', async () => {
    const output = new Output();
    const coming = output.waitFor(/ready \d/);
    output.push('EA\tready x\nEA\tready 1\n');
    expect(await coming).toBe('EA\tready 1');
    expect(await output.waitFor('ready x')).toBe('EA\tready x');
  });
});

describe('inputs of the command line', () => {
  it('are cut at the first equals sign', () => {
    expect(parseInputs(['InpA=1', 'InpText=a=b', 'InpEmpty='])).toEqual({
      InpA: '1',
      InpText: 'a=b',
      InpEmpty: '',
    });
  });

  it('need one', () => {
    expect(() => parseInputs(['InpA'])).toThrow("--input wants NAME=VALUE, not 'InpA'");
  });
});

describe('the random walk', () => {
  it('walks the same way again, on its grid, with bars that fit', () => {
    const first = randomWalk('EURUSD', 5, 7);
    const again = randomWalk('EURUSD', 5, 7);
    const bars = first.past(600_000_000, 50);
    expect(again.past(600_000_000, 50)).toEqual(bars);
    expect(bars.at(-1)!.time).toBe(600_000_000 - 60_000);
    for (const { open, high, low, close } of bars) {
      expect(high).toBeGreaterThanOrEqual(Math.max(open, close));
      expect(low).toBeLessThanOrEqual(Math.min(open, close));
    }
    const { bid, ask } = first.next();
    expect(Number((ask - bid).toFixed(5))).toBe(0.0001);
    expect(bid).toBe(Number(bid.toFixed(5)));
  });
});

describe('results of a test script', () => {
  it('are its lines with ok and FAIL', () => {
    expect(scriptResult(['T\tok adds', 'T\tFAIL halves: got 1', 'T\tokay', 'T\t1 passed'])).toEqual({
      passed: ['adds'],
      failed: ['halves: got 1'],
    });
  });
});
