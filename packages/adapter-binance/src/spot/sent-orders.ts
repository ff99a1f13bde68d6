import { BoundedMap } from '@mikrobot/core';

/** Ids of orders that are remembered as sent. */
const REMEMBERED = 20_000;
/**
 * What was sent, and until when it may still arrive. A signed request is refused by the venue once its timestamp is older than
 * `recvWindow`, but what it handed to its matching engine by then may be taken later, and look-ups may lag behind. Only after both an
 * order that cannot be found was never taken.
 */
export class SentOrders {
  readonly #sent = new BoundedMap<string, number>(REMEMBERED);
  /** Ids of the venue by ours: an order keeps its own when a cancel gives it another name. */
  readonly #venueIds = new BoundedMap<string, string>(REMEMBERED);
  readonly #window: number;
  /** An earlier process may have sent an order just before this one began. */
  readonly #began: number;

  /**
   * @param began - when this process began, epoch ms
   * @param recvWindow - ms
   * @param absentAfter - ms that the venue may take for what came in time
   */
  constructor(began: number, recvWindow: number, absentAfter: number) {
    this.#began = began;
    this.#window = recvWindow + absentAfter;
  }

  /** Whether it was sent: the venue takes the id of a finished order again, so a second sending would be a second order. */
  knows(id: string): boolean {
    return this.#sent.has(id);
  }

  /** Notes an id that is about to be sent. */
  note(id: string): void {
    // It may wait its turn before it is stamped with a time.
    this.#sent.set(id, Number.POSITIVE_INFINITY);
  }

  /** The venue has it under this id. */
  taken(id: string, venueId: string): void {
    this.#venueIds.set(id, venueId);
  }

  /** What {@link taken} told. */
  venueIdOf(id: string): string | undefined {
    return this.#venueIds.get(id);
  }

  /** The venue said no, or nothing was sent: it cannot appear any more. */
  refused(id: string): void {
    if (this.#sent.has(id)) this.#sent.set(id, Number.NEGATIVE_INFINITY);
  }

  /** It had left at the latest by then, taken or not: the venue's look-ups may lag behind even what it accepted. @param at - epoch ms */
  left(id: string, at: number): void {
    if (this.#sent.has(id)) this.#sent.set(id, at);
  }

  /** Whether an order that the venue does not find can still appear. @param now - epoch ms */
  mayAppear(id: string, now: number): boolean {
    return now <= (this.#sent.get(id) ?? this.#began) + this.#window;
  }
}
