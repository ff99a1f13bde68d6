import * as z from 'zod';
import { flag, money } from './fields.js';

/** What the account holds, in its currency. */
export const accountFigures = z.object({
  balance: money.describe('Closed trades and deposits.'),
  credit: money.describe("The broker's credit."),
  equity: money.describe('Balance, credit and the profit of open positions.'),
  margin: money.describe('Held for open positions and orders.'),
  freeMargin: money.describe('Equity less margin.'),
  profit: money.describe('Of open positions.'),
  tradeAllowed: flag.describe('Whether the account may trade, for the server and by programs.'),
});

/** See {@link accountFigures}. */
export type AccountFigures = z.output<typeof accountFigures>;
