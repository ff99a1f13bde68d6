import { describe, expect, it } from 'vitest';
import { StructureTracker } from './structure-tracker.js';
import type { Swing } from './swing-detector.js';

const closing = (close: number, i = 0) => ({
  time: i * 10,
  closeTime: i * 10 + 10,
  open: close,
  high: close + 5,
  low: close - 5,
  close,
});

const swing = (kind: Swing['kind'], price: number): Swing => ({ kind, price, time: 0, confirmedAt: 0 });

describe('StructureTracker', () => {
  it('tells a break when a bar closes beyond a confirmed swing, with the swing and both times', () => {
    const structure = new StructureTracker();
    const high = swing('high', 100);
    structure.push(closing(95), [high]);
    expect(structure.push(closing(101, 4), [])).toEqual({
      kind: 'BOS',
      direction: 'up',
      level: 100,
      swing: high,
      close: 101,
      time: 40,
      confirmedAt: 50,
    });
  });

  it('is not moved by a wick beyond the swing, nor by a close exactly on it', () => {
    const structure = new StructureTracker();
    structure.push(closing(95), [swing('high', 100), swing('low', 90)]);
    expect(structure.push(closing(99), [])).toBeUndefined();
    expect(structure.push(closing(100), [])).toBeUndefined();
    expect(structure.push(closing(90), [])).toBeUndefined();
    expect(structure.bias).toBeUndefined();
  });

  it('crosses each swing once', () => {
    const structure = new StructureTracker();
    structure.push(closing(95), [swing('high', 100)]);
    expect(structure.push(closing(101), [])?.level).toBe(100);
    expect(structure.push(closing(99), [])).toBeUndefined();
    expect(structure.push(closing(102), [])).toBeUndefined();
  });

  it('calls a break against the bias a change of character, and the next one in the new direction a break of structure', () => {
    const structure = new StructureTracker();
    const kinds = [
      structure.push(closing(101), [swing('high', 100), swing('low', 90), swing('low', 85)]),
      structure.push(closing(88), []),
      structure.push(closing(84), []),
      structure.push(closing(111), [swing('high', 110)]),
    ].map((broken) => `${broken?.kind} ${broken?.direction} ${broken?.level}`);
    expect(kinds).toEqual(['BOS up 100', 'CHoCH down 90', 'BOS down 85', 'CHoCH up 110']);
    expect(structure.bias).toBe('up');
  });

  it('tells one break, of the outermost swing, when a close crosses several', () => {
    const structure = new StructureTracker();
    structure.push(closing(95), [swing('high', 100), swing('high', 104), swing('high', 102)]);
    expect(structure.push(closing(103), [])?.level).toBe(102);
    expect(structure.push(closing(105), [])?.level).toBe(104);
  });

  it('forgets the oldest swing beyond its memory', () => {
    const structure = new StructureTracker(2);
    structure.push(closing(95), [swing('high', 98), swing('high', 110), swing('high', 105)]);
    expect(structure.push(closing(99), [])).toBeUndefined();
    expect(structure.push(closing(106), [])?.level).toBe(105);
  });

  it('refuses a memory of no swings', () => {
    expect(() => new StructureTracker(0)).toThrow('0 is no number of swings');
  });
});
