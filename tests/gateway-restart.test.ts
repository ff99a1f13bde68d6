import { future, interactiveBrokers } from '@mikrobot/adapter-ib';
import {
  type Bot,
  confidence,
  createBot,
  type Draft,
  defineStrategy,
  type EntryKind,
  fixedQuantity,
  fresh,
  type Journal,
  MemoryJournal,
  type StrategyContext,
  wellFormed,
} from '@mikrobot/core';
import { noCommission, startTws, type TwsSimulator } from '@mikrobot/simulators';
import { map, Subject } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ThroughJournal } from './torture/through-journal.js';

/** Order ids that Gateway forgets when it restarts. */
const ROLL_BACK = 50;

/** Waits until something holds. @throws Error after a few seconds, with what is so instead */
const until = async (holds: () => boolean, what: () => unknown): Promise<void> => {
  const end = performance.now() + 8_000;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`waited in vain: ${JSON.stringify(what())}`);
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
};

/** A journal whose process can die: what its code does from then on reaches nothing. */
class MortalJournal extends ThroughJournal {
  #dead = false;

  die(): void {
    this.#dead = true;
  }

  override append(kind: EntryKind, at: number, tape: number, data: unknown): number {
    return this.#dead ? this.inner.head().seq : super.append(kind, at, tape, data);
  }

  override commit(): ReturnType<Journal['commit']> {
    return this.#dead ? new Promise(() => undefined) : super.commit();
  }
}

type Wish = (context: StrategyContext) => Draft;

/** One process of a bot on TWS that does what it is told. */
class Process {
  readonly bot: Bot;
  readonly #wishes = new Subject<Wish>();
  readonly #journal: MortalJournal;
  readonly #adapter: ReturnType<typeof interactiveBrokers>;
  readonly #run: Promise<unknown>;
  #isReconciled = 0;

  constructor(tws: TwsSimulator, journal: Journal) {
    this.#journal = new MortalJournal(journal);
    this.#adapter = interactiveBrokers({
      host: tws.host,
      port: tws.port,
      clientId: 7,
      contracts: { ES: future('ES', { exchange: 'CME' }) },
      checkMargin: false,
      absentAfter: 200,
    });
    const strategy = defineStrategy({
      name: 'told',
      timeframes: () => [],
      signals: (context) => this.#wishes.pipe(map((wish) => wish(context))),
    });
    this.bot = createBot({
      adapter: this.#adapter,
      journal: this.#journal,
      run: [{ strategy, symbol: 'ES' }],
      risk: fixedQuantity({ lots: 10 }),
      // Wishes that follow each other closely are no duplicates here.
      validate: [wellFormed(), fresh(), confidence()],
    });
    this.bot.issues$.subscribe(({ code }) => {
      if (code === 'RECONCILED') this.#isReconciled++;
    });
    this.#run = this.bot.run();
    this.#run.catch(() => undefined);
  }

  get reconciled(): number {
    return this.#isReconciled;
  }

  wish(wish: Wish): void {
    this.#wishes.next(wish);
  }

  /** As SIGKILL would: nothing is said, nothing is written. */
  kill(): void {
    this.#journal.die();
    this.#adapter.removeAllListeners();
    this.#adapter.close();
  }

  async stop(): Promise<void> {
    await this.bot.stop('the test is over', { deadline: 1_000 });
    await this.#run;
  }

  /** Lots that it holds, and its orders with what is filled of them. */
  view(): unknown {
    const { book, desk } = this.bot;
    return {
      position: book.position('ES').quantity,
      orders: [...desk.orders.working()]
        .map(({ request, quantity, filled }) => `${request.side} ${quantity - filled} ${request.id}`)
        .sort(),
    };
  }
}

/** The same as the exchange has it: legs whose entry has not filled sleep, and are nobody's business. */
const truthOf = (tws: TwsSimulator): unknown => {
  const { positions, working } = tws.controls.truth();
  const live = new Set(working.map(({ permId }) => permId));
  return {
    position: positions[0]?.quantity ?? 0,
    orders: working
      .filter(({ parentPermId }) => !live.has(parentPermId))
      .map(
        ({ action, quantity, filled, orderRef }) =>
          `${action === 'BUY' ? 'buy' : 'sell'} ${quantity - filled} ${orderRef}`,
      )
      .sort(),
  };
};

describe.each([176, 193] as const)('a restart of Gateway in mid-trade, at server version %i', (version) => {
  let tws: TwsSimulator;
  let journal: MemoryJournal;
  let process: Process;
  beforeEach(async () => {
    tws = await startTws({
      serverVersion: version,
      accounts: [{ id: 'DU1', balance: '10000000' }],
      commission: noCommission,
    });
    tws.controls.quote('ES', 5_000, 5_000.25);
    journal = new MemoryJournal();
    process = new Process(tws, journal);
  });
  afterEach(async () => {
    await process.stop();
    await tws.close();
    expect(tws.failures).toEqual([]);
  });

  const agrees = (position: number, orders: number): Promise<void> => {
    const views = () => ({ bot: process.view(), venue: truthOf(tws) });
    return until(
      () => {
        const { bot, venue } = views();
        const { position: held, orders: works } = venue as { position: number; orders: readonly string[] };
        return JSON.stringify(bot) === JSON.stringify(venue) && held === position && works.length === orders;
      },
      () => ({ ...views(), wanted: { position, orders } }),
    );
  };

  /** Holds 2 with stop and target, and another entry with its bracket waits for a better price. */
  const inMidTrade = async (): Promise<void> => {
    await until(
      () => process.bot.state === 'active',
      () => process.bot.state,
    );
    tws.controls.quote('ES', 5_000, 5_000.5);
    process.wish(({ signal }) => signal.buy({ quantity: 2, confidence: 1, stop: 4_950, target: 5_100 }));
    await agrees(2, 2);
    process.wish(({ signal }) =>
      signal.buy({
        quantity: 3,
        confidence: 1,
        stop: 4_950,
        target: 5_100,
        order: { type: 'limit', price: 4_990 },
      }),
    );
    await agrees(2, 3);
  };

  const reconciled = (before = 0): Promise<void> =>
    until(
      () => process.reconciled > before,
      () => process.bot.state,
    );

  /** TWS goes, the market trades on, TWS is back with older order ids. */
  const restart = (meanwhile: () => void): void => {
    tws.faults.restart({ rollBack: ROLL_BACK });
    meanwhile();
    tws.faults.comeBack();
  };

  /** Orders of later take no id that was used. */
  const tradesOn = async (): Promise<void> => {
    tws.controls.quote('ES', 5_000, 5_000.25);
    process.wish(({ signal }) => signal.exit({ confidence: 1 }));
    await agrees(0, 0);
    process.wish(({ signal }) => signal.sell({ quantity: 1, confidence: 1, stop: 5_050, target: 4_900 }));
    await agrees(-1, 2);
    const { orders, sent } = tws.controls.truth();
    expect(new Set(orders.map(({ clientId, orderId }) => `${clientId}.${orderId}`)).size).toBe(orders.length);
    expect(new Set(sent).size).toBe(sent.length);
  };

  it('is caught up with by the bot that lived through it: what traded meanwhile is booked and has its stop', async () => {
    await inMidTrade();
    const before = process.reconciled;
    restart(() => tws.controls.quote('ES', 4_985, 4_985.25));
    await reconciled(before);
    await agrees(5, 4);
    await tradesOn();
  });

  it('is caught up with by the next bot, when the first went with it', async () => {
    await inMidTrade();
    process.kill();
    restart(() => tws.controls.quote('ES', 4_985, 4_985.25));
    process = new Process(tws, journal);
    await reconciled();
    await agrees(5, 4);
    await tradesOn();
  });

  it('finds the stop that was hit meanwhile: the position is gone, and nothing is left to open another', async () => {
    await inMidTrade();
    process.kill();
    restart(() => {
      tws.controls.quote('ES', 4_985, 4_985.25);
      tws.controls.quote('ES', 4_940, 4_940.25);
    });
    process = new Process(tws, journal);
    await reconciled();
    await agrees(0, 0);
    await tradesOn();
  });
});
