import { AssertionError } from 'node:assert';
import type { MaybePromise } from '@mikrobot/core';
import type { AdapterCard } from './card.js';
import type { Pace } from './pace.js';
import { fits, storyOf } from './story.js';
import { Tape } from './tape.js';

/** Lines of what happened that a failure shows. */
const SHOWN = 30;

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Says what was wrong in the words of the card: the stories expected and told, the pass criteria, and what happened. */
export class Judge {
  readonly card: AdapterCard;
  readonly pace: Pace;
  /** Everything that the adapter emitted. */
  readonly tape = new Tape();
  readonly #parts = new Map<string, string>();

  constructor(card: AdapterCard, pace: Pace) {
    this.card = card;
    this.pace = pace;
  }

  /** Names an order for the card's events. */
  name(part: string, id: string): void {
    this.#parts.set(part, id);
  }

  /** @throws AssertionError always */
  fail(what: string, actual: unknown, expected: unknown): never {
    return this.#fail(`${what}: expected ${shown(expected)}; got ${shown(actual)}`, actual, expected);
  }

  /** Compares by value, as JSON. */
  equal(what: string, actual: unknown, expected: unknown): void {
    if (JSON.stringify(actual) !== JSON.stringify(expected)) this.fail(what, actual, expected);
  }

  ok(what: string, isSo: boolean, actual: unknown = 'not so'): void {
    if (!isSo) this.#fail(`expected that ${what}; got ${shown(actual)}`, actual, what);
  }

  /** @param allowed - outcomes that pass */
  outcome(what: string, answer: { readonly outcome: string }, ...allowed: readonly string[]): void {
    if (!allowed.includes(answer.outcome)) this.fail(what, answer, allowed.join(' or '));
  }

  /** Waits until it is so. */
  async until(what: string, isSo: () => MaybePromise<boolean>): Promise<void> {
    if (!(await this.pace.until(isSo)))
      this.#fail(`expected that ${what}; waited in vain`, 'not in time', what);
  }

  /** Each order must have told what the card says. */
  async checkStories(): Promise<void> {
    for (const [part, pattern] of Object.entries(this.card.events)) {
      const isSo = await this.pace.until(() => fits(pattern, this.#told(part)));
      if (!isSo)
        this.fail(`what ${part} tells`, storyOf(this.#told(part)) || 'nothing', pattern || 'nothing');
    }
  }

  #fail(finding: string, actual: unknown, expected: unknown): never {
    const { id, title, events, pass } = this.card;
    const stories = Object.entries(events).flatMap(([part, pattern]) => [
      `  expected ${part}: ${pattern || 'nothing'}`,
      `  got      ${part}: ${storyOf(this.#told(part)) || 'nothing'}`,
    ]);
    const message = [
      `${id} ${title}`,
      `  ${finding}`,
      ...stories,
      `  to pass: ${pass}`,
      '  what happened:',
      ...this.tape.lines.slice(-SHOWN).map((line) => `    ${line}`),
    ].join('\n');
    throw new AssertionError({ message, actual, expected, operator: id });
  }

  #told(part: string) {
    return this.tape.of(this.#parts.get(part) ?? '');
  }
}
