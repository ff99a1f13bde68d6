const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A whole number with thousands apart: 34,342. */
export const count = (n: number): string => grouped.format(n);

/** A number and its noun: `1 trade`, `2 trades`. */
export const plural = (n: number, one: string, many = `${one}s`): string =>
  `${count(n)} ${n === 1 ? one : many}`;

/** A fraction as a percentage: 0.0312 is `3.12 %`. */
export const percent = (fraction: number): string => `${(fraction * 100).toFixed(2)} %`;

/** An amount with its currency, two decimals and a sign where it is a result. */
export const money = (amount: number, currency: string): string =>
  `${amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} ${currency}`;

/** A result without its currency: two decimals and always a sign, `+74.20`. */
export const signedAmount = (amount: number): string =>
  amount.toLocaleString('en-US', {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    signDisplay: 'exceptZero',
  });

/** A moment in UTC: `2022-08-15 07:06`. */
export const minute = (time: number): string => new Date(time).toISOString().slice(0, 16).replace('T', ' ');

/** A moment in UTC: `2022-08-15 07:06:30`. */
export const second = (time: number): string => new Date(time).toISOString().slice(0, 19).replace('T', ' ');

/** What of a signal's or order's id differs within a run: the journal and the account before it are the same. */
export const shortId = (id: string): string => id.split('-').slice(2).join('-') || id;
