import { MikroBotError } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { hintOf, isNotSubscribed, isPacing, isWarning, orderVerdict, TwsError } from './errors.js';

describe('an error with the id of an order', () => {
  // Texts: TWS API documentation, "Message Codes"; where marked, of the issues named.
  it.each([
    [103, 'Duplicate order id', 'rejected'],
    [110, 'The price does not conform to the minimum price variation for this contract', 'rejected'],
    [200, 'No security definition has been found for the request', 'rejected'],
    [201, 'Order rejected - Reason:', 'rejected'],
    [203, 'The security is not available or allowed for this account', 'rejected'],
    [321, 'Server error when validating an API client request', 'rejected'],
    [434, 'The order size cannot be zero', 'rejected'],
    [460, 'No trading permissions (stoqey/ib, ErrorCode)', 'rejected'],
    [461, 'The order size does not conform to market rules', 'rejected'],
    [2_102, 'Unable to modify this order as it is still being processed', 'rejected'],
    [10_268, "The 'EtradeOnly' order attribute is not supported (IBKR Campus)", 'rejected'],
    [10_326, 'OCA group revision is not allowed (nautilus_trader 2978)', 'rejected'],
    [202, 'Order cancelled - Reason:', 'cancelled'],
    [399, 'Order message error', 'warning'],
    [404, 'Shares are not immediately available for short sale', 'warning'],
    [2_109, "Attribute 'Outside Regular Trading Hours' is ignored", 'warning'],
    [2_137, 'The closing order quantity is greater than your current position', 'warning'],
    [10_349, 'Order TIF was set to DAY based on order preset (ib_async 191)', 'warning'],
    [135, "Can't find order with ID =", 'not found'],
    [10_147, 'OrderId that needs to be cancelled is not found (ib_insync 656)', 'not found'],
    [161, 'Cancel attempted when order is not in a cancellable state', 'ended'],
    [
      10_148,
      'OrderId that needs to be cancelled cannot be cancelled, state: Filled (ib_insync 656)',
      'ended',
    ],
    [100, 'Max rate of messages per second has been exceeded', 'unclear'],
    [504, 'Not connected', 'unclear'],
    [99_999, 'A code of tomorrow', 'unclear'],
  ])('%i (%s) is %s', (code, _, verdict) => {
    expect(orderVerdict(code)).toBe(verdict);
  });
});

describe('other codes', () => {
  it('warnings end nothing', () => {
    expect([2_104, 2_106, 2_158, 2_174, 10_167].filter((code) => !isWarning(code))).toEqual([]);
    expect([162, 200, 202, 354, 2_102, 1_100].filter(isWarning)).toEqual([]);
  });

  it('162 is a matter of pacing only where its words say so', () => {
    expect(
      isPacing(162, 'Historical Market Data Service error message:Historical data request pacing violation'),
    ).toBe(true);
    expect(isPacing(162, 'HMDS query returned no data')).toBe(false);
    expect(isPacing(420, 'Invalid real-time query')).toBe(true);
  });

  it('of missing market data lead to a hint', () => {
    for (const code of [354, 10_089, 10_168]) {
      expect(isNotSubscribed(code)).toBe(true);
      expect(hintOf(code)).toContain('delayedData');
    }
  });

  it('are kept in the error, with the words of TWS', () => {
    const error = new TwsError('contract details of AAPL', 200, 'No security definition has been found.');
    expect(error).toBeInstanceOf(MikroBotError);
    expect(error.message).toMatch(
      /^contract details of AAPL: TWS says 200: No security definition has been found\. Check/,
    );
    expect(error).toMatchObject({
      twsCode: 200,
      text: 'No security definition has been found.',
      name: 'TwsError',
    });
  });
});
