import type { Random } from '@mikrobot/core';
import type { Mt5RequestFault, Mt5TradeRequest } from '@mikrobot/simulators';
import type { VenueOptions } from '../options.js';
import { kindOf, subjectOf } from './reading.js';

/** TRADE_RETCODE_TIMEOUT. */
const TIMEOUT = 10_012;

/** Draws which requests to the trade server are lost, or their results. */
export class Losses {
  readonly #lost: VenueOptions['lost'];
  readonly #random: Random;
  /** What was lost the last time that it was asked for. */
  readonly #silent = new Set<string>();

  constructor(lost: VenueOptions['lost'], random: Random) {
    this.#lost = lost;
    this.#random = random;
  }

  /** What becomes of a request; each is asked for once. Half of what is lost is told as a time-out, of the rest nothing is heard. */
  faultOf(request: Mt5TradeRequest): Mt5RequestFault | undefined {
    const subject = subjectOf(request);
    const isLost = this.#random() < this.#lost[kindOf(request)] && !this.#silent.has(subject);
    // Nobody can protect what nobody tells him of: of two answers on one order the second comes.
    if (isLost) this.#silent.add(subject);
    else this.#silent.delete(subject);
    if (!isLost) return undefined;
    const kind = this.#random() < 0.5 ? 'lose-request' : 'lose-result';
    return { kind, ...(this.#random() < 0.5 && { answer: TIMEOUT }) };
  }
}
