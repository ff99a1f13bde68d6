import { describe, expect, it } from 'vitest';
import { chooseAccount } from './choose-account.js';

describe('The account', () => {
  it('is the only one, or the one that is named', () => {
    expect(chooseAccount(['DU1'], undefined)).toEqual({ id: 'DU1', live: false });
    expect(chooseAccount(['DU1', 'U2', ''], 'U2')).toEqual({ id: 'U2', live: true });
  });

  it.each([
    [['DU1', 'DU2'], undefined, 'DU1, DU2'],
    [['DU1'], 'DU2', 'DU2 is not among'],
    [[], undefined, 'none is named'],
  ])('of %j is not clear when %s is named', (accounts, named, words) => {
    expect(() => chooseAccount(accounts, named)).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
    expect(() => chooseAccount(accounts, named)).toThrow(words);
  });
});
