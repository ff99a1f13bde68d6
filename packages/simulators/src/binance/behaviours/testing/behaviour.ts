import type { VenueUnderTest } from './venue.js';

/** One thing that the real venue is documented to do. */
export interface Behaviour {
  /** Such as `S-SEC-01`: venue, topic and number. */
  readonly id: string;
  /** What the venue does, as a sentence. */
  readonly title: string;
  /** Where it is written: file or page, and heading. */
  readonly source: string;
  /** The venue's time at the start, epoch ms, where the documentation's example fixes it. */
  readonly at?: number;
  /** What is done; returns what was seen of the answers and events. */
  readonly act: (venue: VenueUnderTest) => Promise<unknown>;
  /** What the documentation says must be seen. */
  readonly seen: unknown;
}

const spot =
  (file: string) =>
  (heading: string): string =>
    `[${file}](https://github.com/binance/binance-spot-api-docs/blob/master/${file}), ${heading}`;

/** Pages of the documentation of spot, named by their headings. */
export const rest = spot('rest-api.md');
export const errors = spot('errors.md');
export const filters = spot('filters.md');
export const enums = spot('enums.md');
export const wsApi = spot('web-socket-api.md');
export const streams = spot('web-socket-streams.md');
export const userData = spot('user-data-stream.md');
export const faq = (file: string, heading: string): string => spot(`faqs/${file}.md`)(heading);

/** A page of the documentation of USD-M futures. */
export const futures = (page: string, heading: string): string =>
  `[${page}](https://developers.binance.com/docs/derivatives/usds-margined-futures/${page}), ${heading}`;
