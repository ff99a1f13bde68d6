import { MemoryJournal } from '@mikrobot/core';
import { bestNs } from '../bare.js';
import type { Figure, Scenario } from '../scenario.js';

const EVENTS = 300_000;
const event = {
  type: 'fill',
  id: 'mem0-8o55-1a-e',
  symbol: 'EURUSD',
  time: 1_700_000_000_000,
  side: 'buy',
  quantity: 0.1,
  price: 1.10001,
};

export const journal: Scenario = {
  name: 'journal in memory, SHA-256 chain of every entry',
  async run(): Promise<readonly Figure[]> {
    const ns = bestNs(EVENTS, () => {
      const log = new MemoryJournal({ keep: false });
      for (let i = 0; i < EVENTS; i++) log.append('in:order', event.time + i, i, event);
      return log.head();
    });
    const text = bestNs(EVENTS, () => {
      let length = 0;
      for (let i = 0; i < EVENTS; i++)
        length += JSON.stringify({ seq: i, at: event.time, data: event }).length;
      return length;
    });
    return [
      { name: 'entries a second', value: 1e9 / ns, unit: '/s', floor: 300_000, more: true },
      { name: 'times a bare JSON.stringify', value: ns / text, unit: 'x' },
    ];
  },
};
