import { MikroBotError } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { BinanceError, BinanceLineError, isCertain, isUnknownOrder, outcomeOf } from './errors.js';

// Sources: errors.md and rest-api.md ("HTTP Return Codes", "General API Information") of the spot API; general info of USD-M futures.
describe('what became of an order command', () => {
  it.each([
    [
      'too little balance',
      new BinanceError(-2010, 400, 'Account has insufficient balance for requested action.'),
    ],
    ['a filter', new BinanceError(-1013, 400, 'Filter failure: LOT_SIZE')],
    [
      'a late timestamp',
      new BinanceError(-1021, 400, 'Timestamp for this request is outside of the recvWindow.'),
    ],
    ['too many orders', new BinanceError(-1015, 429, 'Too many new orders.')],
    [
      'a ban',
      new BinanceError(-1003, 418, 'Way too much request weight used; IP banned until 1659146400000.'),
    ],
    [
      'a firewall, with no code at all',
      new BinanceError(0, 403, 'The answer has the status 403 and no code.'),
    ],
    ['an unknown order', new BinanceError(-2011, 400, 'Unknown order sent.')],
    [
      'a conditional order at the old endpoint',
      new BinanceError(-4120, 400, 'Order type not supported for this endpoint.'),
    ],
    [
      'an overloaded venue that says so',
      new BinanceError(-1008, 503, 'Request throttled by system-level protection.'),
    ],
    ['a service that is unavailable', new BinanceError(0, 503, 'Service Unavailable.')],
    ['a line that never opened', new BinanceLineError('The line could not be opened.', false)],
    ['an open circuit', new MikroBotError('CIRCUIT_OPEN', 'submit was not begun.')],
    ['a full queue', new MikroBotError('BULKHEAD_FULL', 'submit was not begun.')],
  ])('is certain after %s: rejected', (_what, error) => {
    expect(isCertain(error, 'futures')).toBe(true);
    expect(outcomeOf(error, 'futures')).toMatchObject({ outcome: 'rejected' });
  });

  it.each([
    ['-1007 TIMEOUT', new BinanceError(-1007, 400, 'Timeout waiting for response from backend server.')],
    [
      '-1006 UNEXPECTED_RESP',
      new BinanceError(-1006, 400, 'An unexpected response was received from the message bus.'),
    ],
    [
      '-1000 UNKNOWN',
      new BinanceError(-1000, 400, 'An unknown error occurred while processing the request.'),
    ],
    ['-1001 DISCONNECTED', new BinanceError(-1001, 400, 'Internal error; unable to process your request.')],
    [
      '503 with an unknown error',
      new BinanceError(-1000, 503, 'Unknown error, please check your request or try again later.'),
    ],
    ['an id that the venue has already, on spot', new BinanceError(-2010, 400, 'Duplicate order sent.')],
    [
      'an id that the venue has already, on futures',
      new BinanceError(-4116, 400, 'ClientOrderId is duplicated.'),
    ],
    ['-1008 with another status', new BinanceError(-1008, 500, 'Server is currently overloaded.')],
    [
      '502 of something before the venue',
      new BinanceError(0, 502, 'The answer has the status 502 and no code.'),
    ],
    ['408 of the venue inside', new BinanceError(0, 408, 'The answer has the status 408 and no code.')],
    ['409, half of a cancel-replace', new BinanceError(-2021, 409, 'Order cancel-replace partially failed.')],
    ['a line that broke', new BinanceLineError('The line broke.', true)],
    ['no answer in time', new MikroBotError('TIMED_OUT', 'submit had no answer within 10000 ms.')],
    ['anything else', new TypeError('surprise')],
  ])('is unknown after %s', (_what, error) => {
    expect(isCertain(error, 'futures')).toBe(false);
    expect(outcomeOf(error, 'futures')).toMatchObject({ outcome: 'unknown' });
  });

  it.each([
    ['-1008', new BinanceError(-1008, 503, 'Server is currently overloaded with other requests.')],
    ['503', new BinanceError(0, 503, 'Service Unavailable.')],
  ])('is unknown after %s of spot, which promises nothing about 5XX', (_what, error) => {
    expect(outcomeOf(error, 'spot')).toMatchObject({ outcome: 'unknown' });
  });

  it("carries the venue's code as the code of the rejection", () => {
    expect(
      outcomeOf(new BinanceError(-2010, 400, 'This symbol is restricted for this account.'), 'spot'),
    ).toEqual({
      outcome: 'rejected',
      code: '-2010',
      detail: 'This symbol is restricted for this account.',
    });
  });
});

describe('an unknown order', () => {
  it('is what the venue says it is, and no other refusal to cancel', () => {
    expect(isUnknownOrder(new BinanceError(-2013, 400, 'Order does not exist.'))).toBe(true);
    expect(isUnknownOrder(new BinanceError(-2011, 400, 'Unknown order sent.'))).toBe(true);
    expect(
      isUnknownOrder(new BinanceError(-2011, 400, 'Order was not canceled due to cancel restrictions.')),
    ).toBe(false);
    expect(isUnknownOrder(new BinanceError(-1007, 408, 'Timeout'))).toBe(false);
  });
});
