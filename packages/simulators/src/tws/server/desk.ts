import type { Handler } from '../handler.js';
import { FieldReader } from '../wire/field-reader.js';
import { requestNames } from '../wire/names.js';
import type { ClientSession } from './client-session.js';
import type { WireMessage } from './match.js';
import { currentTime, managedAccounts, nextValidId } from './messages.js';
import { tooManyMessages } from './notices.js';
import { countUp, type ServerParts } from './parts.js';
import { RateLimit } from './rate-limit.js';

/** Handles what a started client asks. */
export class Desk {
  readonly session: ClientSession;
  readonly #parts: ServerParts;
  readonly #rate: RateLimit;

  constructor(session: ClientSession, parts: ServerParts) {
    this.session = session;
    this.#parts = parts;
    this.#rate = new RateLimit(parts.messagesPerSecond);
  }

  take(id: number, fields: readonly string[]): void {
    if (!this.#inTime()) return;
    const { faults, venue, held, ignored } = this.#parts;
    const message: WireMessage = { id, name: requestNames[id] ?? String(id), fields };
    if (faults.lostRequests.take(message)) {
      faults.count('lost-request');
      return;
    }
    const own = this.#own(id);
    const handler = own ?? venue.handlers[id];
    if (handler === undefined) countUp(ignored, 'unknown-message');
    else if (own !== undefined || faults.lost === undefined) this.#handle(message, handler);
    else {
      faults.count('unreachable-request');
      if (faults.lost === 'held') held.push(() => this.#handle(message, handler));
    }
  }

  /** What TWS answers by itself, also while it does not reach IB. */
  #own(id: number): Handler | undefined {
    const { session } = this;
    const { clock, venue } = this.#parts;
    switch (id) {
      case 8:
        return () => session.tell(nextValidId(venue.nextOrderId(session.clientId)));
      case 14:
        return () => undefined;
      case 17:
        return () => session.tell(managedAccounts(venue.accounts));
      case 49:
        return () => session.tell(currentTime(clock.now()));
      default:
        return undefined;
    }
  }

  #handle(message: WireMessage, handler: Handler): void {
    const { faults, failures } = this.#parts;
    const { outbox } = this.session;
    outbox.handling = message.id;
    outbox.losing = faults.lostAnswers.take(message) === true;
    try {
      const reader = new FieldReader(message.fields);
      reader.skip(1);
      handler(this.session, reader);
    } catch (error) {
      failures.push(error);
    } finally {
      outbox.handling = undefined;
      outbox.losing = false;
    }
  }

  /** Whether TWS takes one more message now; it says so otherwise. */
  #inTime(): boolean {
    const { clock, ignored, messagesPerSecond, violationsAllowed } = this.#parts;
    if (this.#rate.take(clock.now())) return true;
    const { violations } = this.#rate;
    countUp(ignored, 'too-many-messages');
    this.session.notice(tooManyMessages(messagesPerSecond, violations));
    if (violationsAllowed !== undefined && violations >= violationsAllowed) this.session.end();
    return false;
  }
}
