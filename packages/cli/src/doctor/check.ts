/** What was found out about one thing that the command needs. */
export interface Check {
  readonly name: string;
  readonly status: 'ok' | 'warn' | 'fail';
  /** What was found. */
  readonly detail: string;
  /** What to do about it; empty when it is ok. */
  readonly advice: string;
}

/** All is well. */
export const ok = (name: string, detail: string): Check => ({ name, status: 'ok', detail, advice: '' });

/** It works, but may not for long. */
export const warn = (name: string, detail: string, advice: string): Check => ({
  name,
  status: 'warn',
  detail,
  advice,
});

/** It will not work. */
export const fail = (name: string, detail: string, advice: string): Check => ({
  name,
  status: 'fail',
  detail,
  advice,
});
