import type { Bot, Clock, Decision } from '@mikrobot/core';
import { CORRELATION } from './proposal.js';

/** Waits for the bot's word on what was proposed. */
export class DecisionWatch {
  readonly #waiting = new Map<string, (decision: Decision | undefined) => void>();
  readonly #clock: Clock;
  readonly #end: () => void;

  constructor({ decisions$ }: Pick<Bot, 'decisions$'>, clock: Clock) {
    this.#clock = clock;
    const listening = decisions$.subscribe((decision) => {
      const id = decision.signal.tags?.[CORRELATION];
      if (typeof id === 'string') this.#waiting.get(id)?.(decision);
    });
    this.#end = () => listening.unsubscribe();
  }

  /**
   * Does a thing and waits for the decision that carries the tag.
   * @param most - ms; 0 takes only what is decided at once
   * @returns undefined when time is over first
   */
  after(id: string, most: number, act: () => void): Promise<Decision | undefined> {
    return new Promise((resolve) => {
      let disarm = (): void => undefined;
      const end = (decision: Decision | undefined): void => {
        this.#waiting.delete(id);
        disarm();
        resolve(decision);
      };
      this.#waiting.set(id, end);
      act();
      if (!this.#waiting.has(id)) return;
      if (most <= 0) end(undefined);
      else disarm = this.#clock.arm(`decision-watch:${id}`, this.#clock.now() + most, () => end(undefined));
    });
  }

  close(): void {
    this.#end();
    for (const end of [...this.#waiting.values()]) end(undefined);
  }
}
