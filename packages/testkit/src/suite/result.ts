/** What every card of a suite has. */
export interface CardHead {
  /** As in `O-07`: the group's letter and a number that never changes. */
  readonly id: string;
  readonly title: string;
}

/** How a card ended. */
export interface CardResult extends CardHead {
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** Of a skip: why. Of a failure: what was expected, what came instead, and what happened. */
  readonly reason: string | undefined;
}

/** What became of all cards of a suite. */
export interface SuiteReport {
  /** What was tested: the adapter's name, or the journal's id. */
  readonly name: string;
  /** In the order of the cards. */
  readonly results: readonly CardResult[];
  /** No card failed, and where skips are listed, exactly these were skipped. */
  readonly ok: boolean;
}

/** A card as a test of any framework: `for (const card of adapterCards(options)) it(card.title, card.run)`. */
export interface CardTest {
  readonly id: string;
  /** With its number: `O-01 A market buy is accepted and fills`. */
  readonly title: string;
  /** Takes the framework's test context, if it gives one: its `skip(reason)` is then told of a skip. @throws AssertionError */
  readonly run: (...context: readonly unknown[]) => Promise<void>;
}
