import type { Handlers } from '../../handler.js';
import type { TwsSession } from '../../session.js';
import { midnight } from '../../times.js';
import type { Field } from '../../wire/field.js';
import type { AccountFeed, FeedKind } from '../account-feed.js';
import { profitOf, profitOfPosition } from '../account-values.js';
import { pnlMessage, pnlSingleMessage } from '../messages/account-messages.js';
import { refusals } from '../refusal.js';
import type { ExchangeState } from '../state.js';

/** Answers messages 92 to 95: profit and loss of an account or of one position, told about once a second where it changed. */
export const pnlHandlers = (
  { accounts, market, clock, zone }: ExchangeState,
  feed: AccountFeed,
): Handlers => {
  const follow = (session: TwsSession, kind: FeedKind, id: number, message: () => readonly Field[]): void => {
    let told = '';
    const tell = (): void => {
      const fields = message();
      const text = fields.join(' ');
      if (text === told) return;
      told = text;
      session.send(fields);
    };
    tell();
    feed.add({ session, kind, id, every: 'second', passed: tell, booked: tell });
  };

  const today = (): number => midnight(zone, clock.now());

  return {
    92: (session, fields) => {
      const requestId = fields.integer();
      const account = accounts.get(fields.string());
      if (account === undefined) session.error(requestId, refusals.badAccount.code, refusals.badAccount.text);
      else
        follow(session, 'pnl', requestId, () => {
          const { daily, unrealized, realized } = profitOf(market, account, today());
          return pnlMessage(requestId, daily, unrealized, realized);
        });
    },
    93: (session, fields) => feed.remove(session, 'pnl', fields.integer()),
    94: (session, fields) => {
      const requestId = fields.integer();
      const account = accounts.get(fields.string());
      fields.skip(1);
      const contractId = fields.integer();
      if (account === undefined) session.error(requestId, refusals.badAccount.code, refusals.badAccount.text);
      else
        follow(session, 'pnl-single', requestId, () => {
          const profit = profitOfPosition(market, account, contractId, today());
          return pnlSingleMessage(requestId, profit.position, profit);
        });
    },
    95: (session, fields) => feed.remove(session, 'pnl-single', fields.integer()),
  };
};
