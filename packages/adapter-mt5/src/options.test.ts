import { describe, expect, it } from 'vitest';
import { metatrader5 } from './adapter.js';
import { MAGIC_BASE, magicOf } from './orders/names.js';
import { SeenDeals } from './orders/seen-deals.js';
import { StandInTerminal } from './testing/stand-in-terminal.js';

const bridge = { open: async () => new StandInTerminal() };

describe('options', () => {
  it.each([
    ['account', { account: 'DU123' }],
    ['bridge', { bridge: {} }],
    ['mode', { mode: 'exchange' }],
    ['symbols', { symbols: [] }],
    ['terminalWithin', { terminalWithin: 1 }],
    ['deviation', { deviation: -1 }],
    ['magic', { magic: 0.5 }],
    ['clock', { clock: {} }],
  ])('names %s when it cannot be', (option, given) => {
    const make = () => metatrader5({ bridge, account: '5000001', ...(given as object) });
    expect(make).toThrow(expect.objectContaining({ code: 'BAD_CONFIG', where: `metatrader5, ${option}` }));
  });

  it('refuses one that does not exist, and a zone that does not', () => {
    const make = (given: object) => () => metatrader5({ bridge, account: '5000001', ...given });
    expect(make({ acount: '1' })).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
    expect(make({ serverTimeZone: 'Mars/Base' })).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
  });

  it('decide what is declared: on a netting account core keeps brackets', () => {
    const declared = (mode: 'hedging' | 'netting') => {
      const { bracket, reduceOnly, amend } = metatrader5({ bridge, account: '1', mode }).capabilities;
      return [bracket, reduceOnly, amend];
    };
    expect(declared('hedging')).toEqual(['native', 'native', 'prices']);
    expect(declared('netting')).toEqual(['none', 'none', 'prices']);
  });
});

describe('an adapter', () => {
  it('may be closed twice and before it was connected, and is not connected afterwards', async () => {
    const adapter = metatrader5({ bridge, account: '5000001' });
    await adapter.close();
    await adapter.close();
    await expect(adapter.connect(new AbortController().signal)).rejects.toMatchObject({
      code: 'ALREADY_RUN',
    });
  });

  it('takes nothing but approved orders', async () => {
    const adapter = metatrader5({ bridge, account: '5000001' });
    await expect(adapter.submit({} as never)).rejects.toMatchObject({ code: 'FORGED_APPROVAL' });
    await expect(adapter.amend({} as never, { id: 'a', symbol: 'b' })).rejects.toMatchObject({
      code: 'FORGED_APPROVAL',
    });
  });
});

describe('magic numbers', () => {
  // FNV-1a of 32 bits, cut to 31: of "" the offset basis 0x811c9dc5, of "a" 0xe40c292c (draft-eastlake-fnv).
  it.each([
    ['', 0x011c9dc5],
    ['a', 0x640c292c],
  ])('of owner "%s" are the base and %s', (owner, hash) => {
    expect(magicOf(owner, MAGIC_BASE)).toBe(String(MAGIC_BASE + hash));
  });
});

describe('deals that were seen', () => {
  it('are seen for ever, though only the last are remembered one by one', () => {
    const seen = new SeenDeals(2);
    expect(['5', '7', '6', '9', '10'].map((ticket) => seen.add(ticket))).toEqual([
      true,
      true,
      true,
      true,
      true,
    ]);
    expect(['5', '7', '6', '9', '10', '4'].map((ticket) => seen.add(ticket))).toEqual(Array(6).fill(false));
    expect(seen.add('11')).toBe(true);
  });
});
