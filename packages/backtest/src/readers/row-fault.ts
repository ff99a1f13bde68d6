/** What can be wrong with a row. A bad row is rejected and counted, never repaired. */
export const rowFaults = {
  'missing-field': 'A field is empty or absent, or there are more fields than columns.',
  'not-a-number': 'Text stands where a number belongs.',
  'bad-time': 'The time cannot be read, lies outside 1973 to 2100, or does not exist in the zone.',
  'not-positive': 'A price is zero or negative, or a volume negative.',
  range: 'The high or low of a bar does not enclose its other prices.',
  crossed: 'The ask is below the bid.',
  backwards: 'The time is before that of the row above.',
  duplicate: 'A bar has the time of the bar above.',
  overlap: 'The time lies within the bar above, or within what an earlier file of the symbol told.',
  'too-long': 'The line is too long for a row of market data.',
} as const;

/** Name of what is wrong; see {@link rowFaults}. */
export type RowFault = keyof typeof rowFaults;

/** A row that was rejected. */
export interface RejectedRow {
  readonly file: string;
  /** From 1, the header included. */
  readonly line: number;
  readonly fault: RowFault;
  /** One sentence with the values that contradict each other. */
  readonly detail: string;
}

/** A fault as the hot path passes it on: 0 is none, else an index into {@link faultNames}. */
export type FaultCode = number;

const names = Object.keys(rowFaults) as RowFault[];

/** The name of a code. */
export const faultName = (code: FaultCode): RowFault => names[code - 1] as RowFault;

const codeOf = (name: RowFault): FaultCode => names.indexOf(name) + 1;

/** The codes by name. */
export const fault = {
  none: 0,
  missing: codeOf('missing-field'),
  text: codeOf('not-a-number'),
  time: codeOf('bad-time'),
  price: codeOf('not-positive'),
  range: codeOf('range'),
  crossed: codeOf('crossed'),
  backwards: codeOf('backwards'),
  duplicate: codeOf('duplicate'),
  overlap: codeOf('overlap'),
  tooLong: codeOf('too-long'),
} as const;

/** A moment as messages write it. */
export const timeText = (time: number): string =>
  Math.abs(time) < 8.64e15 ? new Date(time).toISOString() : String(time);
