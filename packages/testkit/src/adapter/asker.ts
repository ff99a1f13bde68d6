import {
  type BrokerAdapter,
  type CommandOutcome,
  finalStates,
  type MaybePromise,
  type OrderRef,
  type OrderReport,
  type QueryOutcome,
  type Snapshot,
} from '@mikrobot/core';
import type { AdapterCard } from './card.js';
import { Judge } from './judge.js';
import type { Pace } from './pace.js';
import { outcomeOf } from './recorder.js';
import type { VenueUnderTest } from './venue.js';

type Known = Exclude<QueryOutcome, { outcome: 'unknown' }>;

/** Speaks to the adapter under test past every bot, and reads its answers as core reads them. */
export class Asker extends Judge {
  readonly venue: VenueUnderTest;
  /** The adapter under test; another one after a restart. */
  adapter: BrokerAdapter;
  /** What the venue held before the card. */
  protected before: Pick<Snapshot, 'orders' | 'positions'> = { orders: [], positions: [] };

  constructor(card: AdapterCard, venue: VenueUnderTest, pace: Pace) {
    super(card, pace);
    this.venue = venue;
    this.adapter = venue.adapter;
    this.tape.listen(this.adapter);
  }

  /** Gives an order command and waits for its answer. Silence counts as unknown, as does a rejected promise. */
  async command(what: string, run: () => MaybePromise<CommandOutcome>): Promise<CommandOutcome> {
    this.tape.note(`> ${what}`);
    try {
      return await this.answer(what, run());
    } catch (error) {
      return this.answer(what, outcomeOf(error));
    }
  }

  /** Asks for an order once. */
  query(ref: OrderRef): Promise<QueryOutcome> {
    const asked = (async () => this.adapter.query(ref))();
    const failed = (error: unknown): QueryOutcome => ({ outcome: 'unknown', detail: String(error) });
    return this.#settled(asked.catch(failed), { outcome: 'unknown', detail: 'no answer' });
  }

  /** Asks for an order until the venue knows. */
  async known(ref: OrderRef): Promise<Known> {
    let answer: QueryOutcome = { outcome: 'unknown', detail: 'not asked' };
    await this.until(`query(${ref.id}) knows`, async () => {
      answer = await this.query(ref);
      return answer.outcome !== 'unknown';
    });
    this.tape.note(`query ${ref.id} is answered ${JSON.stringify(answer)}`);
    return answer as QueryOutcome as Known;
  }

  /** Asks for an order that must be there. */
  async found(ref: OrderRef): Promise<Extract<Known, { outcome: 'found' }>> {
    const answer = await this.known(ref);
    return answer.outcome === 'found' ? answer : this.fail(`query(${ref.id})`, answer.outcome, 'found');
  }

  /** One snapshot as it comes; undefined when the adapter has none. */
  look(): Promise<Snapshot | undefined> {
    const asked = (async () => this.adapter.snapshot())();
    return this.#settled<Snapshot | undefined>(
      asked.catch(() => undefined),
      undefined,
    );
  }

  /** A complete snapshot; waits for one. */
  async snapshot(): Promise<Snapshot> {
    let last: Snapshot | undefined;
    await this.until('there is a complete snapshot', async () => {
      last = await this.look();
      return last?.complete === true;
    });
    return last as Snapshot;
  }

  /** Working orders that the card placed. */
  async working(): Promise<readonly OrderReport[]> {
    const old = new Set(this.before.orders.map(({ id }) => id));
    return (await this.snapshot()).orders.filter(({ id }) => !old.has(id));
  }

  /** An order that must work, as the snapshot has it. */
  async workingOrder(id: string): Promise<OrderReport> {
    let found: OrderReport | undefined;
    await this.until(`the snapshot has ${id} working`, async () => {
      found = (await this.working()).find((order) => order.id === id);
      return found !== undefined;
    });
    return found as OrderReport;
  }

  /** Exactly these orders must work. */
  async onlyWorking(...ids: readonly string[]): Promise<void> {
    let have: readonly string[] = [];
    const want = [...ids].sort();
    const same = async (): Promise<boolean> => {
      have = (await this.working()).map(({ id }) => id).sort();
      return have.join() === want.join();
    };
    if (!(await this.pace.until(same))) this.fail('orders that work at the venue', have, want);
  }

  /** An order's events must tell its end. */
  async ends(id: string): Promise<void> {
    await this.until(`the events tell the end of ${id}`, () => {
      const last = this.tape.of(id).at(-1);
      if (last === undefined) return false;
      return last.type === 'fill' ? last.remaining <= 0 : finalStates.has(last.type as 'cancelled');
    });
  }

  /** Waits for an answer and notes it. */
  protected async answer(what: string, given: MaybePromise<CommandOutcome>): Promise<CommandOutcome> {
    const failed = (error: unknown): CommandOutcome => ({ outcome: 'unknown', detail: String(error) });
    const asked = Promise.resolve(given).catch(failed);
    const answer = await this.#settled<CommandOutcome>(asked, { outcome: 'unknown', detail: 'no answer' });
    this.tape.note(`${what} is answered ${JSON.stringify(answer)}`);
    return answer;
  }

  /** What a promise gives in time, else the other. */
  async #settled<T>(work: Promise<T>, otherwise: T): Promise<T> {
    let got: { readonly value: T } | undefined;
    void work.then((value) => {
      got = { value };
    });
    await this.pace.until(() => got !== undefined);
    return (got ?? { value: otherwise }).value;
  }
}
