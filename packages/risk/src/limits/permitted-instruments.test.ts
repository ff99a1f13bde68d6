import { describe, expect, it } from 'vitest';
import { eurusd, usdjpy } from '../test-support/market.js';
import { follow, said } from '../test-support/policy-run.js';
import { permittedInstruments } from './permitted-instruments.js';

describe('permittedInstruments', () => {
  const policy = () => permittedInstruments({ symbols: ['EURUSD', 'XAUUSD'] });

  it('refuses what is not on the list', () => {
    const { judge } = follow(policy());
    expect(said(judge())).toBe('approve');
    expect(judge({ symbol: 'USDJPY' })).toEqual({
      code: 'INSTRUMENT_NOT_PERMITTED',
      limit: 'EURUSD, XAUUSD',
      actual: 'USDJPY',
    });
  });

  it('says so before the start', () => {
    expect(policy().permits?.(eurusd)).toBeUndefined();
    expect(policy().permits?.(usdjpy)).toBe('USDJPY is not among EURUSD, XAUUSD');
  });

  it('takes no empty list and no empty name', () => {
    expect(() => permittedInstruments({ symbols: [] })).toThrowError('Too small');
    expect(() => permittedInstruments({ symbols: [''] })).toThrowError('Too small');
  });
});
