import type { Handlers } from '../../handler.js';
import type { AccountFeed } from '../account-feed.js';
import type { Holding } from '../holding.js';
import {
  positionEndMessage,
  positionMessage,
  positionMultiEndMessage,
  positionMultiMessage,
} from '../messages/account-messages.js';
import type { ExchangeState } from '../state.js';

const isHeld = ({ quantity }: Holding): boolean => quantity !== 0;

/** Answers messages 61, 64, 74 and 75: positions, and each change of one until it is cancelled. */
export const positionHandlers = ({ accounts }: ExchangeState, feed: AccountFeed): Handlers => ({
  61: (session) => {
    for (const { id, holdings } of accounts.values())
      for (const holding of holdings.filter(isHeld)) session.send(positionMessage(id, holding));
    session.send(positionEndMessage());
    feed.add({
      session,
      kind: 'positions',
      id: 0,
      booked: (account, contract) => session.send(positionMessage(account.id, account.holding(contract))),
    });
  },
  64: (session) => feed.remove(session, 'positions'),
  74: (session, fields) => {
    fields.skip(1);
    const requestId = fields.integer();
    const asked = fields.string();
    const isAsked = (id: string): boolean => asked === '' || id === asked;
    for (const { id, holdings } of accounts.values()) {
      if (!isAsked(id)) continue;
      for (const holding of holdings.filter(isHeld))
        session.send(positionMultiMessage(requestId, id, holding));
    }
    session.send(positionMultiEndMessage(requestId));
    feed.add({
      session,
      kind: 'positions-multi',
      id: requestId,
      booked: (account, contract) => {
        if (isAsked(account.id))
          session.send(positionMultiMessage(requestId, account.id, account.holding(contract)));
      },
    });
  },
  75: (session, fields) => {
    fields.skip(1);
    feed.remove(session, 'positions-multi', fields.integer());
  },
});
