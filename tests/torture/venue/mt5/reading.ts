import type { Mt5TradeRequest } from '@mikrobot/simulators';
import type { VenueOptions } from '../options.js';

/** Who says a line of the bridge protocol. */
export type Speaker = 'bot' | 'terminal';

/** A line of the bridge protocol, as far as the kill test cares. */
export interface Line {
  readonly t: string;
  readonly d: Readonly<Record<string, unknown>>;
}

/** A level that the bot wants for a position. */
export interface Protecting {
  /** Client order id of the leg. */
  readonly id: string;
  readonly position: number;
  readonly which: 'sl' | 'tp';
  /** 0: none. */
  readonly price: number;
}

/** The level that a line is about. */
export const protectingOf = ({ t, d }: Line): Protecting | undefined =>
  t !== 'protect'
    ? undefined
    : {
        id: String(d.coid),
        position: Number(d.position),
        which: d.which === 'tp' ? 'tp' : 'sl',
        price: Number(d.price),
      };

/** What a request to the trade server is about: its TRADE_ACTION. */
const kinds: Readonly<Record<number, Exclude<keyof VenueOptions['lost'], 'query'>>> = {
  1: 'submit',
  5: 'submit',
  6: 'amend',
  7: 'amend',
  8: 'cancel',
};

/** What a request asks for. */
export const kindOf = ({ action }: Mt5TradeRequest): Exclude<keyof VenueOptions['lost'], 'query'> =>
  kinds[action] ?? 'amend';

/** What two requests in a row are about, if it is the same. */
export const subjectOf = ({ comment, order, position }: Mt5TradeRequest): string =>
  comment === '' ? `${order}|${position}` : comment;
