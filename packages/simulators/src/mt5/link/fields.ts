const escapes: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r', '\\': '\\\\' };
const plain: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', '\\': '\\' };

/** A text that holds no tab and no line end. */
export const escaped = (text: string): string => text.replace(/[\t\n\r\\]/g, (found) => escapes[found] ?? '');

/** What {@link escaped} was made of. */
export const unescaped = (text: string): string =>
  text.replace(/\\(.)/g, (_, letter: string) => plain[letter] ?? letter);

/** A number as a plain decimal, never `1e-7`. */
export const decimal = (value: number): string => {
  const text = String(value);
  // Short ones are exact; longer ones hold the noise of binary fractions, or an exponent.
  if (text.length <= 12 && !text.includes('e')) return text;
  return Number.isInteger(value) ? text : value.toFixed(10).replace(/\.?0+$/, '');
};

/** What a line is made of. */
export type Field = string | number | boolean | undefined;

const fieldText = (field: Field): string => {
  if (field === undefined) return '';
  if (typeof field === 'number') return decimal(field);
  if (typeof field === 'boolean') return field ? '1' : '0';
  return escaped(field);
};

/** A line of fields, with its end. */
export const lineOf = (...fields: readonly Field[]): string => `${fields.map(fieldText).join('\t')}\n`;

/** `key=value` fields. */
export const pairs = (values: Readonly<Record<string, Field>>): readonly string[] =>
  Object.entries(values).map(([key, value]) => `${key}=${fieldText(value)}`);

/** A line whose fields are texts already. */
export const lineOfTexts = (...texts: readonly string[]): string => `${texts.join('\t')}\n`;
