import type { Bench, CardOrder } from '../bench.js';
import type { AdapterCard } from '../card.js';

/** A market buy between a stop and a target, one distance away each. */
const guarded = async (bench: Bench): Promise<CardOrder> => {
  const entry = await bench.enter('buy', { type: 'market' }, { stop: bench.at(-1), target: bench.at(1) });
  await bench.ends(entry.id);
  return entry;
};

/** Both legs work at the venue, with the right prices, side and size. */
const legsWork = async (bench: Bench, { id }: CardOrder, lots: number): Promise<void> => {
  for (const [suffix, type, price] of [
    ['s', 'stop', bench.at(-1)],
    ['t', 'limit', bench.at(1)],
  ] as const) {
    await bench.until(`the leg ${id}${suffix} protects ${lots} lots`, async () => {
      const { quantity, filled } = await bench.workingOrder(id + suffix);
      return bench.tidy(quantity - filled) === lots;
    });
    const leg = await bench.workingOrder(id + suffix);
    bench.equal(`the leg ${id}${suffix}`, [leg.side, leg.type, leg.price], ['sell', type, price]);
  }
};

/** Once the entry has filled, both legs work and nothing else does. */
const bothLegsWork = async (bench: Bench): Promise<void> => {
  const entry = await guarded(bench);
  await legsWork(bench, entry, bench.lots);
  await bench.onlyWorking(`${entry.id}s`, `${entry.id}t`);
};

/** A leg that the market reaches closes the position, and the other one ends. @param distances - that the market moves */
const legCloses = async (bench: Bench, leg: 's' | 't', distances: number): Promise<void> => {
  const entry = await guarded(bench);
  await legsWork(bench, entry, bench.lots);
  await bench.move(distances);
  await bench.ends(entry.id + leg);
  await bench.onlyWorking();
  await bench.holds(0);
};

/** Brackets that the venue keeps, and those that core keeps on a venue that cannot. */
export const brackets: readonly AdapterCard[] = [
  {
    id: 'B-01',
    title: 'A native bracket: stop and target work as soon as the entry has filled',
    needs: ['market', 'bracket'],
    controls: [],
    events: { entry: 'accepted? → fill+', stop: 'accepted? → replaced*', target: 'accepted? → replaced*' },
    pass: 'A stop `<entry id>s` and a limit `<entry id>t` work, on the other side, at the prices of the bracket, for all that filled.',
    check: bothLegsWork,
  },
  {
    id: 'B-02',
    title: 'A native bracket: when the target trades, the stop ends',
    needs: ['market', 'bracket'],
    controls: ['quote'],
    events: {
      entry: 'accepted? → fill+',
      stop: 'accepted? → replaced* → cancelled',
      target: 'accepted? → replaced* → fill+',
    },
    pass: 'The position is closed and nothing works.',
    check: (bench) => legCloses(bench, 't', 2),
  },
  {
    id: 'B-03',
    title: 'A native bracket: when the stop trades, the target ends',
    needs: ['market', 'bracket'],
    controls: ['quote'],
    events: {
      entry: 'accepted? → fill+',
      stop: 'accepted? → replaced* → triggered? → fill+',
      target: 'accepted? → replaced* → cancelled',
    },
    pass: 'The position is closed and nothing works.',
    check: (bench) => legCloses(bench, 's', -2),
  },
  {
    id: 'B-04',
    title: 'A native bracket: an entry that is cancelled leaves no legs behind',
    needs: ['limit', 'bracket'],
    controls: [],
    events: { entry: 'accepted? → cancelled', stop: '', target: '' },
    pass: 'No leg ever works.',
    async check(bench) {
      const levels = { stop: bench.at(-2), target: bench.at(1) };
      const entry = await bench.enter('buy', { type: 'limit', price: bench.at(-1) }, levels);
      await bench.onlyWorking(entry.id);
      bench.outcome('the answer to cancel', await bench.cancel(entry), 'accepted');
      await bench.ends(entry.id);
      await bench.onlyWorking();
    },
  },
  {
    id: 'B-05',
    title: 'A native bracket: the legs are as large as what has filled',
    needs: ['limit', 'kept bracket'],
    controls: ['quote', 'depth'],
    events: { entry: 'accepted? → fill → fill+' },
    pass: 'After a first part they protect the part, after the second both.',
    async check(bench) {
      await bench.use('depth', bench.part);
      const levels = { stop: bench.at(-3), target: bench.at(1) };
      const entry = await bench.enter('buy', { type: 'limit', price: bench.at(-1) }, levels);
      for (const parts of [1, 2]) {
        await bench.move(-1.5);
        const lots = bench.tidy(parts * bench.part);
        await bench.until(`${lots} lots have filled`, () => bench.filled(entry.id) === lots);
        for (const leg of ['s', 't']) {
          await bench.until(`the leg ${entry.id}${leg} protects ${lots} lots`, async () => {
            const { quantity, filled } = await bench.workingOrder(entry.id + leg);
            return bench.tidy(quantity - filled) === lots;
          });
        }
      }
    },
  },
  {
    id: 'B-06',
    title: 'A native bracket: its legs end with the position',
    needs: ['market', 'bracket'],
    controls: [],
    events: { entry: 'accepted? → fill+', exit: 'accepted? → fill+' },
    pass: 'An exit of a part leaves legs of the size of the rest; an exit of the rest leaves none.',
    async check(bench) {
      const entry = await guarded(bench);
      const part = await bench.exit(bench.part, 'exit');
      await bench.ends(part.id);
      await legsWork(bench, entry, bench.tidy(bench.lots - bench.part));
      const rest = await bench.exit(undefined, 'rest');
      await bench.ends(rest.id);
      await bench.onlyWorking();
      await bench.holds(0);
    },
  },
  {
    id: 'B-07',
    title: 'A bracket that core keeps: stop and target work as soon as the entry has filled',
    needs: ['market', 'stop', 'limit', 'no bracket'],
    controls: [],
    events: { entry: 'accepted? → fill+', stop: 'accepted?', target: 'accepted?' },
    pass: 'What core places as legs works at the venue, at its prices and for all that filled; the entry’s bracket is not sent.',
    check: bothLegsWork,
  },
  {
    id: 'B-08',
    title: 'A bracket that core keeps: when the stop trades, the target is cancelled',
    needs: ['market', 'stop', 'limit', 'no bracket'],
    controls: ['quote'],
    events: {
      entry: 'accepted? → fill+',
      stop: 'accepted? → triggered? → fill+',
      target: 'accepted? → cancelled',
    },
    pass: 'The position is closed and nothing works.',
    check: (bench) => legCloses(bench, 's', -2),
  },
  {
    id: 'B-09',
    title: 'A trailing stop follows the market, and only forwards',
    needs: ['market', 'trailing-stop'],
    controls: ['quote'],
    events: { entry: 'accepted? → fill+', stop: 'accepted? → replaced* → triggered? → fill+' },
    pass: 'A rise takes it along, a fall does not; then it trades where it stood, not where it began.',
    async check(bench) {
      const trail = bench.at(1) - bench.at(0);
      const { id } = await bench.enter('buy', { type: 'market' }, { stop: undefined, trail });
      await bench.ends(id);
      await bench.workingOrder(`${id}s`);
      await bench.move(3);
      await bench.move(2.5);
      await bench.pace.quiet();
      bench.equal('lots closed above the stop', bench.filled(`${id}s`), 0);
      await bench.move(1.5);
      await bench.ends(`${id}s`);
      await bench.holds(0);
    },
  },
  {
    id: 'B-10',
    title: 'A stop that the bot moves stands where it was moved to',
    needs: ['market', 'stop', 'limit'],
    controls: [],
    events: { entry: 'accepted? → fill+' },
    pass: 'Exactly one stop works, at the new price and for all that filled, whether by amendment or by cancel and new.',
    async check(bench) {
      const entry = await guarded(bench);
      await legsWork(bench, entry, bench.lots);
      bench.adjust({ stop: bench.at(-0.5) });
      await bench.until('one stop works, at the new price', async () => {
        const stops = (await bench.working()).filter(({ type }) => type === 'stop');
        return stops.length === 1 && stops[0]?.price === bench.at(-0.5) && stops[0].quantity === bench.lots;
      });
    },
  },
  {
    id: 'B-11',
    title:
      'An attached bracket: of an entry that fills in part the rest is cancelled, and the part is protected',
    needs: ['limit', 'stop', 'attached bracket'],
    controls: ['quote', 'depth'],
    events: { entry: 'accepted? → fill → cancelled' },
    pass: 'One stop and one target work, each for the part that filled, and nothing else does.',
    async check(bench) {
      await bench.use('depth', bench.part);
      const levels = { stop: bench.at(-3), target: bench.at(1) };
      const entry = await bench.enter('buy', { type: 'limit', price: bench.at(-1) }, levels);
      await bench.move(-1.5);
      await bench.ends(entry.id);
      bench.equal('lots filled', bench.filled(entry.id), bench.part);
      await bench.until('a stop and a target protect the part', async () => {
        const working = await bench.working();
        const legs = working.map(({ type, quantity, filled, price }) => [
          type,
          bench.tidy(quantity - filled),
          price,
        ]);
        legs.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
        return (
          JSON.stringify(legs) ===
          JSON.stringify([
            ['limit', bench.part, bench.at(1)],
            ['stop', bench.part, bench.at(-3)],
          ])
        );
      });
    },
  },
];
