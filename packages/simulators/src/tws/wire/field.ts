/** A field of a message as it is given to be sent: numbers are written in full, `true` is 1, undefined is empty. */
export type Field = string | number | boolean | undefined;

/** How TWS says that a number is not set. */
export const UNSET = '1.7976931348623157E308';
