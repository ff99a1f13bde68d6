import { describe, expect, it } from 'vitest';
import { RoomBench, settled } from '../testing/room-bench.js';
import { NOW, SERVER_NOW } from '../testing/wire-records.js';

describe('ticks', () => {
  it('have the server’s time in UTC, and come only while somebody wants them', async () => {
    const bench = await RoomBench.up();
    bench.terminal.tick('EURUSD', 1.1, 1.1001);
    const end = await bench.rooms.ticks.subscribe('EURUSD');
    bench.terminal.tick('EURUSD', 1.2, 1.2001, SERVER_NOW + 5);
    expect(bench.ticks).toEqual([{ symbol: 'EURUSD', time: NOW + 5, bid: 1.2, ask: 1.2001, volume: 0 }]);
    end();
    end();
    bench.terminal.tick('EURUSD', 1.3, 1.3001);
    expect(bench.ticks).toHaveLength(1);
    expect(bench.asked('unsubscribe')).toEqual([{ symbol: 'EURUSD' }]);
  });

  it('go on until both of two streams are ended', async () => {
    const bench = await RoomBench.up();
    const ends = [await bench.rooms.ticks.subscribe('EURUSD'), await bench.rooms.ticks.subscribe('EURUSD')];
    expect(bench.asked('subscribe')).toHaveLength(1);
    ends[0]?.();
    bench.terminal.tick('EURUSD', 1.1, 1.1001);
    expect(bench.ticks).toHaveLength(1);
  });

  it('are asked for again on each connection', async () => {
    const bench = await RoomBench.up();
    await bench.rooms.ticks.subscribe('EURUSD');
    bench.terminal.down();
    bench.terminal.up({ epoch: 'e2' });
    await settled();
    expect(bench.asked('subscribe')).toHaveLength(2);
    bench.terminal.tick('EURUSD', 1.1, 1.1001);
    expect(bench.ticks).toHaveLength(1);
  });

  it('of a symbol that is not there are refused', async () => {
    const bench = await RoomBench.up();
    const ask = bench.terminal.ask.bind(bench.terminal);
    bench.terminal.ask = async (type, data) =>
      type === 'subscribe' ? { outcome: 'refused', code: 'UNKNOWN_SYMBOL', detail: '' } : ask(type, data);
    await expect(bench.rooms.ticks.subscribe('EURUSX')).rejects.toMatchObject({ code: 'UNKNOWN_INSTRUMENT' });
    bench.terminal.tick('EURUSX', 1.1, 1.1001);
    expect(bench.ticks).toEqual([]);
  });

  it('of a known symbol may be wanted while the line is down, of another one not', async () => {
    const bench = await RoomBench.up();
    bench.terminal.down();
    await bench.rooms.ticks.subscribe('EURUSD');
    await expect(bench.rooms.ticks.subscribe('GBPUSD')).rejects.toMatchObject({ code: 'PREFLIGHT_FAILED' });
    bench.terminal.up({ epoch: 'e2' });
    expect(bench.asked('subscribe').at(-1)).toEqual({ symbol: 'EURUSD' });
  });
});

describe('symbols', () => {
  it('are those of the Market Watch, or those that were named', async () => {
    const all = await RoomBench.up();
    expect(all.asked('symbols')).toEqual([{ names: null }]);
    expect(all.rooms.symbols.all().map(({ symbol }) => symbol)).toEqual(['EURUSD']);
    const named = await RoomBench.up({ symbols: ['EURUSD'] });
    expect(named.asked('symbols')).toEqual([{ names: ['EURUSD'] }]);
  });

  it('that were named and are not there end the start', async () => {
    const bench = new RoomBench({ symbols: ['EURUSD', 'EURUSD.pro'] });
    const started = bench.start();
    await settled();
    bench.terminal.up();
    await expect(started).rejects.toMatchObject({
      code: 'UNKNOWN_INSTRUMENT',
      message: expect.stringContaining('EURUSD.pro'),
    });
  });
});
