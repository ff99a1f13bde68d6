import { describe, expect, it } from 'vitest';
import { Book } from './book.js';

describe('A book', () => {
  const book = () => {
    const made = new Book(10n);
    made.replace('bids', [
      ['9', '1'],
      ['8', '2'],
    ]);
    return made;
  };

  it('tells what changed since it was asked last, and only that', () => {
    const changing = book();
    const diff = changing.diff();
    expect(diff.take()).toBeUndefined();
    changing.replace('bids', [
      ['9', '3'],
      ['8', '2'],
    ]);
    expect(diff.take()).toEqual({ first: 13n, last: 13n, previous: 12n, bids: [['9', '3']], asks: [] });
    changing.replace('bids', [['9', '3']]);
    expect(diff.take()).toEqual({ first: 14n, last: 14n, previous: 13n, bids: [['8', '0']], asks: [] });
    expect(diff.take()).toBeUndefined();
  });

  it('lists the best levels first, by number and not by text', () => {
    const sorted = new Book(0n);
    sorted.replace('bids', [
      ['9.5', '1'],
      ['10.5', '1'],
    ]);
    sorted.replace('asks', [
      ['100', '1'],
      ['20', '1'],
    ]);
    expect(sorted.top(1)).toEqual({ bids: [['10.5', '1']], asks: [['20', '1']] });
  });

  it('no longer tells a diff that was dropped', () => {
    const changing = book();
    const diff = changing.diff();
    changing.drop(diff);
    changing.replace('bids', []);
    expect(diff.take()).toMatchObject({ bids: [], last: 14n });
  });
});
