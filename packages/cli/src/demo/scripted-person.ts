import type { PaperAdapter } from '@mikrobot/adapter-paper';
import type { Bot, Decision } from '@mikrobot/core';
import { Subject } from 'rxjs';
import { shortId } from '../output/format.js';

/** What a person did at a moment of the market's time (epoch ms). */
export interface Deed {
  readonly time: number;
  readonly what: string;
}

const NAME = 'Ada';
/** Ms from a held signal to the answer of somebody who sits in front of the screen. */
const PROMPT = 20_000;
/** Ms after the end of the hold at which she is back from lunch. */
const TOO_LATE = 60_000;
/** Ms from her first approval to her own order. */
const LATER = 600_000;

type Held = Extract<Decision, { outcome: 'held' }>;

/**
 * Ada, who sits in front of the bot: she approves one held signal at once, answers the next when its time is over, says no to the
 * third, and so on. Once she buys by hand, with a stop so near that the venue will not have it. She acts by the same commands as
 * any person and on the market's own clock, so each run is the same.
 */
export class ScriptedPerson {
  readonly #bot: Bot;
  readonly #clock: PaperAdapter['clock'];
  readonly #deeds = new Subject<Deed>();
  readonly deeds$ = this.#deeds.asObservable();
  #asked = 0;
  #timers = 0;

  constructor(bot: Bot, { clock }: PaperAdapter) {
    this.#bot = bot;
    this.#clock = clock;
    bot.decisions$.subscribe((decision) => {
      if (decision.outcome === 'held') this.#answer(decision);
    });
  }

  #answer(decision: Held): void {
    const { id, symbol } = decision.signal;
    const turn = this.#asked % 3;
    if (turn === 1) this.#at(decision.until + TOO_LATE, () => this.#approve(id));
    else if (turn === 0) this.#at(decision.time + PROMPT, () => this.#approve(id));
    else this.#at(decision.time + PROMPT, () => this.#reject(id));
    if (this.#asked === 0) this.#at(decision.time + LATER, () => this.#buyByHand(symbol));
    this.#asked += 1;
  }

  #at(time: number, act: () => void): void {
    this.#timers += 1;
    this.#clock.arm(`person.${this.#timers}`, time, act);
  }

  #approve(signal: string): void {
    this.#tell(`approves #${shortId(signal)}`);
    this.#bot.command({ do: 'approve', signal, by: NAME });
  }

  #reject(signal: string): void {
    this.#tell(`says no to #${shortId(signal)}`);
    this.#bot.command({ do: 'reject', signal, by: NAME });
  }

  #buyByHand(symbol: string): void {
    const stop = this.#bot.book.quote(symbol)?.bid;
    if (stop === undefined) return;
    const reason = 'by hand, with the stop on the bid';
    this.#tell(`buys ${symbol} ${reason}`);
    const draft = {
      symbol,
      intent: 'enter',
      side: 'buy',
      quantity: 0.1,
      stop,
      confidence: 1,
      reason,
    } as const;
    this.#bot.command({ do: 'signal', draft, by: NAME });
  }

  #tell(what: string): void {
    this.#deeds.next({ time: this.#clock.now(), what: `${NAME} ${what}` });
  }
}
