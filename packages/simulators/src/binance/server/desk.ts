import type { Clock } from '@mikrobot/core';
import { trimList } from '../../past.js';
import { VenueError } from '../exchange.js';
import { doorErrors } from '../shared/errors.js';
import type { Ask, Door } from './door.js';
import type { FaultState } from './faults.js';
import { LimitError } from './limits.js';

/** What is answered: a body, or an error. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly error: VenueError | undefined;
  /** Epoch ms from which on it makes sense to ask again. */
  readonly until: number | undefined;
  /** The account whose orders were counted. */
  readonly account: string;
}

const failed = (error: VenueError, account = ''): Reply => ({
  status: error.status,
  body: undefined,
  error,
  until: error instanceof LimitError ? error.until : undefined,
  account,
});

/** Whether a request asks for the state of an account. */
const isRead = (ask: Ask): boolean =>
  (ask.route.security === 'USER_DATA' || ask.route.security === 'TRADE') && ask.name.startsWith('GET ');

/** Handles requests of one venue, with what is to go wrong. */
export class Desk {
  readonly door: Door;
  readonly faults: FaultState;
  readonly #clock: Clock;
  readonly #now: () => number;
  readonly #failures: unknown[];
  #sequence = 0;

  /**
   * @param now - the venue's time, epoch ms
   * @param failures - takes what broke inside of an exchange
   */
  constructor(door: Door, faults: FaultState, clock: Clock, now: () => number, failures: unknown[]) {
    this.door = door;
    this.faults = faults;
    this.#clock = clock;
    this.#now = now;
    this.#failures = failures;
  }

  /** Handles a request; `send` is called once with the answer, later, or never when a fault takes it. */
  handle(ask: Ask, send: (reply: Reply) => void): void {
    const reply = this.#reply(ask);
    if (reply === undefined) return;
    const delay = this.faults.delays.take(ask.name);
    if (delay === undefined) {
      send(reply);
      return;
    }
    this.faults.count('delayed-answer');
    this.#clock.arm(`answer-${this.#sequence++}`, this.#clock.now() + delay, () => send(reply));
  }

  #reply(ask: Ask): Reply | undefined {
    const { faults } = this;
    if (faults.lostRequests.take(ask.name) !== undefined) return this.#nothing('lost-request');
    if (faults.blind && isRead(ask)) return this.#nothing('blind');
    if (faults.maintenance) return this.#refused('maintenance', doorErrors.shuttingDown());
    const refusal = faults.refusals.take(ask.name);
    if (refusal !== undefined) return this.#refused('refused-request', refusal(this.#now()));
    const reply = this.answer(ask);
    const lost = faults.lostAnswers.take(ask.name);
    if (lost === 'silence') return this.#nothing('lost-answer');
    return lost === 'timeout' ? this.#refused('timeout-answer', doorErrors.timeout()) : reply;
  }

  /** The answer to a request, with nothing going wrong. */
  answer(ask: Ask): Reply {
    const now = this.#now();
    try {
      const call = this.door.admit(ask, now);
      const { handle, orders = 0 } = ask.route;
      const body = this.#counted(call.account, orders, now, () => handle(call));
      return {
        status: 200,
        body,
        error: undefined,
        until: undefined,
        account: orders === 0 ? '' : call.account,
      };
    } catch (error) {
      if (error instanceof VenueError) return failed(error);
      this.#failures.push(error);
      trimList(this.#failures);
      return failed(new VenueError(-1000, 'An unknown error occurred while processing the request.', 500));
    }
  }

  /** Orders count before they are handled, since a fill may take them back at once. */
  #counted(account: string, orders: number, now: number, handle: () => unknown): unknown {
    this.door.limits.addOrders(account, orders, now);
    try {
      return handle();
    } catch (error) {
      this.door.limits.addOrders(account, -orders, now);
      throw error;
    }
  }

  #nothing(fault: 'lost-request' | 'lost-answer' | 'blind'): undefined {
    this.faults.count(fault);
    return undefined;
  }

  #refused(fault: 'maintenance' | 'refused-request' | 'timeout-answer', error: VenueError): Reply {
    this.faults.count(fault);
    return failed(error);
  }
}
