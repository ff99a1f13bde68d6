/**
 * SQL for a column of text, read as bytes. The driver ends the whole process when it is given text that is no UTF-8, and damage can
 * make text of a file that.
 */
export const bytes = (column: string): string => `CAST(${column} AS BLOB)`;

/** The text of bytes that were read so; what is no UTF-8 becomes U+FFFD, which no hash will fit. Undefined for SQL's NULL. */
export const textOf = (value: unknown): string | undefined => {
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.length).toString('utf8');
  return value instanceof ArrayBuffer ? Buffer.from(value).toString('utf8') : undefined;
};
