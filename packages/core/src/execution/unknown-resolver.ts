import { finalStates } from '../model/order.js';
import type { QueryOutcome } from './broker-adapter.js';
import type { Desk } from './desk.js';
import type { OrderRecord } from './order-record.js';

/** Ms before the second question; doubled after each, up to the longest. */
const FIRST_WAIT = 250;
const LONGEST_WAIT = 30_000;
/** Questions after which a person is told that an order is still unknown. It is asked for on, for ever: it may be real. */
const ALERT_AFTER = 6;

interface Asked {
  /** It had ended when the asking began: what is wanted is a trade that was never told. */
  readonly ended: boolean;
  readonly told: (() => void)[];
}

type Resolved = Exclude<QueryOutcome, { outcome: 'unknown' }>;

/** While its submit is unanswered, an order may still be on its way: a question that overtook it finds nothing. */
const proves = ({ state }: OrderRecord, { outcome }: Resolved): boolean =>
  outcome === 'found' || state !== 'submitted';

/**
 * Finds out what became of an order by asking for its client order id until the venue knows, with growing pauses. Nothing is
 * ever sent again on a guess.
 */
export class UnknownResolver {
  readonly #desk: Desk;
  readonly #resolved: (record: OrderRecord, answer: Resolved) => void;
  readonly #asking = new Map<string, Asked>();

  constructor(desk: Desk, resolved: (record: OrderRecord, answer: Resolved) => void) {
    this.#desk = desk;
    this.#resolved = resolved;
  }

  /** Whether any order is being asked for. */
  get asking(): boolean {
    return this.#asking.size > 0;
  }

  /**
   * Begins to ask. An order that is being asked for is not asked for twice.
   * @param soon - the first question at once
   * @param then - called once the venue has told
   */
  ask(record: OrderRecord, soon = false, then?: () => void): void {
    const { id } = record.request;
    const asked = this.#asking.get(id);
    if (asked !== undefined) {
      if (then !== undefined) asked.told.push(then);
      return;
    }
    this.#asking.set(id, { ended: finalStates.has(record.state), told: then === undefined ? [] : [then] });
    if (soon) this.#question(record, 0);
    else this.#wait(record, 0);
  }

  #wait(record: OrderRecord, questions: number): void {
    const pause = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** questions);
    this.#desk.timers.timer(pause, () => this.#question(record, questions));
  }

  #question(record: OrderRecord, questions: number): void {
    const { id, symbol } = record.request;
    const { adapter, line } = this.#desk;
    const ref = { id, symbol, venueId: record.venueId };
    line.call(
      'query',
      id,
      () => adapter.query(ref),
      (answer) => {
        const asked = this.#asking.get(id);
        if (asked === undefined) return;
        if (answer.outcome === 'unknown' || !proves(record, answer)) {
          // Its own events may have told meanwhile.
          if (!asked.ended && finalStates.has(record.state)) {
            this.#asking.delete(id);
            return;
          }
          if (questions + 1 === ALERT_AFTER) {
            this.#desk.issue(
              'ORDER_STILL_UNKNOWN',
              `order ${id} is unknown after ${ALERT_AFTER} questions: ${'detail' in answer ? answer.detail : answer.outcome}`,
              symbol,
            );
          }
          this.#wait(record, questions + 1);
          return;
        }
        this.#asking.delete(id);
        this.#resolved(record, answer);
        for (const tell of asked.told) tell();
      },
    );
  }
}
