/** Rows of two columns, the first padded so that the second is aligned. */
export const pairs = (rows: readonly (readonly [string, string])[], indent = '  '): readonly string[] => {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${indent}${name.padEnd(width)}  ${value}`.trimEnd());
};
