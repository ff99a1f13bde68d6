import { LocalBook } from '../book/local-book.js';
import { MarketMapper } from '../mapper/market.js';

/** How fast raw socket text becomes events of the model. */
export interface DecodeFigure {
  readonly name: string;
  readonly messages: number;
  /** Of the best round. */
  readonly messagesPerSecond: number;
}

const kinds: readonly (readonly [name: string, belongs: (text: string) => boolean])[] = [
  ['trades', (text) => text.includes('@trade"')],
  ['best prices', (text) => text.includes('@bookTicker"')],
  ['depth', (text) => text.includes('@depth@')],
  ['depth and trades', (text) => /@trade"|@depth@/.test(text)],
  ['all', () => true],
];

/**
 * Decodes recorded messages over and over.
 * @param messages - Raw texts of the socket, wrapped with their stream
 * @param seconds - A clock that only goes forward, in seconds
 * @returns a figure for each kind of message, and one for depth that is also put into a book
 */
export const benchDecode = (
  messages: readonly string[],
  seconds: () => number,
  rounds = 12,
): readonly DecodeFigure[] => {
  const wrapped = messages.filter((text) => text.startsWith('{"stream"'));
  const measure = (
    name: string,
    texts: readonly string[],
    take: () => (text: string) => void,
  ): DecodeFigure => {
    let best = Number.POSITIVE_INFINITY;
    // Few messages are read several times a round, so that a round is long enough to be timed.
    const passes = Math.max(1, Math.round(40_000 / texts.length));
    for (let round = 0; round < rounds; round++) {
      const one = take();
      const start = seconds();
      for (let pass = 0; pass < passes; pass++) for (const text of texts) one(text);
      best = Math.min(best, (seconds() - start) / passes);
    }
    return { name, messages: texts.length, messagesPerSecond: texts.length / best };
  };
  const mapper = new MarketMapper();
  const read = (): ((text: string) => void) => (text) => {
    if (mapper.read(text) === undefined) throw new Error(`not read: ${text}`);
  };
  const figures = kinds.map(([name, belongs]) => measure(name, wrapped.filter(belongs), read));
  const depth = wrapped.filter((text) => text.includes('@depth@'));
  const intoBook = (): ((text: string) => void) => {
    const book = new LocalBook({ venue: 'spot', depth: 1_000 });
    const first = mapper.read(depth[0] as string);
    if (first?.kind !== 'depth') throw new Error('The first message is no diff');
    const empty = { kind: 'book', symbol: first.symbol, time: first.time, bids: [], asks: [] } as const;
    book.snapshot({ ...empty, updateId: first.first - 1 });
    return (text) => {
      const event = mapper.read(text);
      if (event?.kind === 'depth') book.diff(event);
    };
  };
  return [...figures, measure('depth into a book', depth, intoBook)];
};
