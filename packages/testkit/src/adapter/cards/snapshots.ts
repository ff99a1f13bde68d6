import type { AdapterCard } from '../card.js';
import { isEpochMs } from '../checks.js';

/** What the venue holds, when asked. */
export const snapshots: readonly AdapterCard[] = [
  {
    id: 'S-01',
    title: 'A snapshot tells the account, and that it is no real money',
    needs: [],
    controls: [],
    events: {},
    pass: 'Complete, with an id, a currency, finite figures, a leverage above zero, and `asOf` in epoch ms.',
    async check(bench) {
      const { account, asOf } = await bench.snapshot();
      const { id, currency, balance, equity, margin, leverage, live } = account;
      bench.ok('id and currency are there', id !== '' && currency.length >= 3, account);
      bench.ok('figures are finite', [balance, equity, margin].every(Number.isFinite), account);
      bench.ok('the leverage is above zero', leverage > 0, leverage);
      bench.equal('real money', live, false);
      bench.ok('asOf is epoch ms', isEpochMs(asOf), asOf);
    },
  },
  {
    id: 'S-02',
    title: 'A snapshot that misses something is not called complete',
    needs: ['limit', 'market'],
    controls: ['blind'],
    events: { entry: 'accepted? → fill+', resting: 'accepted?' },
    pass: 'While the venue does not answer in full, the snapshot fails or says `complete: false`; afterwards nothing is missing.',
    async check(bench) {
      const entry = await bench.enter('buy');
      await bench.ends(entry.id);
      const resting = await bench.enter('buy', { type: 'limit', price: bench.at(-1) }, {}, 'resting');
      await bench.workingOrder(resting.id);
      await bench.use('blind', true);
      const seen = await bench.look();
      bench.ok('there is no snapshot, or an incomplete one', seen?.complete !== true, seen);
      await bench.use('blind', false);
      await bench.onlyWorking(resting.id);
      await bench.holds(bench.lots);
    },
  },
  {
    id: 'S-03',
    title: 'A snapshot has every order that works, and none that has ended',
    needs: ['limit', 'market'],
    controls: [],
    events: { gone: 'accepted? → cancelled', filled: 'accepted? → fill+' },
    pass: 'Of a resting, a cancelled and a filled order, only the resting one.',
    async check(bench) {
      const gone = await bench.enter('buy', { type: 'limit', price: bench.at(-1) }, {}, 'gone');
      await bench.cancel(gone);
      await bench.ends(gone.id);
      const filled = await bench.enter('buy', { type: 'market' }, {}, 'filled');
      await bench.ends(filled.id);
      const resting = await bench.enter('buy', { type: 'limit', price: bench.at(-2) }, {}, 'resting');
      await bench.onlyWorking(resting.id);
    },
  },
  {
    id: 'S-04',
    title: 'A snapshot has positions with their sign and average price',
    needs: ['market', 'shorting'],
    controls: [],
    events: { entry: 'accepted? → fill+' },
    pass: 'A short position is negative, at the average price of the trades.',
    async check(bench) {
      const { id } = await bench.enter('sell');
      await bench.ends(id);
      await bench.holds(-bench.lots);
      const fills = bench.tape.fills(id);
      const paid = fills.reduce((sum, f) => sum + f.price * f.quantity, 0) / bench.lots;
      const { positions } = await bench.snapshot();
      const held = positions.find((p) => p.symbol === bench.venue.symbol && p.quantity < 0);
      const off = Math.abs((held?.averagePrice ?? 0) - paid) / paid;
      bench.ok('the average price is that of the trades', off < 1e-6, held);
    },
  },
  {
    id: 'S-05',
    title: 'A snapshot is not older than what was told before it',
    needs: ['market'],
    controls: [],
    events: { entry: 'accepted? → fill+' },
    pass: '`asOf` is at or after the time of the last trade that it contains.',
    async check(bench) {
      const { id } = await bench.enter('buy');
      await bench.ends(id);
      await bench.holds(bench.lots);
      const { asOf } = await bench.snapshot();
      const { time } = bench.tape.fills(id).at(-1)!;
      // A venue that rounds times to seconds may be a little behind.
      bench.ok('asOf is not before the trade', asOf >= time - 1_000, { asOf, trade: time });
    },
  },
  {
    id: 'S-06',
    title: 'What a person does by other means shows in the snapshot',
    needs: [],
    controls: ['byHand'],
    events: {},
    pass: 'The lots that were traded by hand are held.',
    async check(bench) {
      await bench.use('byHand', bench.lots);
      await bench.holds(bench.lots);
    },
  },
  {
    id: 'S-07',
    title: 'After a restart, orders and positions of before are there',
    needs: ['limit', 'market'],
    controls: ['restart'],
    events: { entry: 'accepted? → fill+', resting: 'accepted?' },
    pass: 'A new adapter has both in its snapshot, finds both by client order id, and can cancel the one that rests.',
    async check(bench) {
      const entry = await bench.enter('buy');
      await bench.ends(entry.id);
      const resting = await bench.enter('buy', { type: 'limit', price: bench.at(-1) }, {}, 'resting');
      await bench.workingOrder(resting.id);
      await bench.restart();
      await bench.onlyWorking(resting.id);
      await bench.holds(bench.lots);
      const { fills } = await bench.found(entry.ref);
      bench.equal(
        'trade ids',
        fills.map((fill) => fill.tradeId),
        bench.tape.fills(entry.id).map((fill) => fill.tradeId),
      );
      bench.outcome('asking for the other', await bench.known(resting.ref), 'found');
      const last = bench.tape.of(resting.id).length;
      bench.outcome('cancelling it', await bench.cancel(resting), 'accepted');
      await bench.onlyWorking();
      bench.ok('no end was told before', last <= 1, last);
      bench.name('resting', '');
    },
  },
];
