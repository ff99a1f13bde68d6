import type { TwsOptions } from '../../start-tws.js';
import type { TwsUnderTest } from './tws-under-test.js';

/** One thing that a real TWS or IB Gateway is documented to do. */
export interface Behaviour {
  /** Such as `T-SES-01`: topic and number. */
  readonly id: string;
  /** What TWS does, as a sentence. */
  readonly title: string;
  /** Where it is written: page and heading, function of a client's decoder, or issue. */
  readonly source: string;
  /** How this TWS is set up, where it matters. */
  readonly options?: TwsOptions;
  /** What is done; returns what was seen of the messages. */
  readonly act: (tws: TwsUnderTest) => Promise<unknown>;
  /** What the source says must be seen; by server version where that matters. */
  readonly seen: unknown | ((serverVersion: number) => unknown);
}

/** A page of the documentation of the TWS API, and a heading on it. */
export const tws = (page: string, heading: string): string =>
  `[${page}](https://interactivebrokers.github.io/tws-api/${page}.html), ${heading}`;

/** The documentation of the TWS API at IBKR Campus, by its heading. */
export const campus = (heading: string): string =>
  `[IBKR Campus](https://www.interactivebrokers.com/campus/ibkr-api-page/twsapi-doc/), ${heading}`;

/** The table of codes of the TWS API. */
export const codes = (...which: readonly number[]): string =>
  tws('message_codes', `${which.length === 1 ? 'code' : 'codes'} ${which.join(', ')}`);

/** A function of the decoder of @stoqey/ib. */
export const decoder = (name: string): string => `\`${name}\` of the decoder of @stoqey/ib 1.6.10`;

/** A method of the decoder or the client of ib_async. */
export const ibAsync = (name: string): string => `\`${name}\` of ib_async 2.1.0`;

/** An issue or a pull request, such as `erdewit/ib_insync` and 656. */
export const issue = (repository: string, number: number): string =>
  `[${repository}#${number}](https://github.com/${repository}/issues/${number})`;
