const writeArray = (values: readonly unknown[]): string => {
  let text = '[';
  for (let i = 0; i < values.length; i++) text += (i === 0 ? '' : ',') + writeJson(values[i]);
  return `${text}]`;
};

const writeObject = (value: object): string => {
  let text = '{';
  for (const [key, field] of Object.entries(value)) {
    if (field === undefined) continue;
    text += `${text.length === 1 ? '' : ','}${JSON.stringify(key)}:${writeJson(field)}`;
  }
  return `${text}}`;
};

/** JSON text in which a `bigint` is an integer literal, so that ids beyond 2^53 arrive whole. Undefined fields are left out. */
export const writeJson = (value: unknown): string => {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  return Array.isArray(value) ? writeArray(value) : writeObject(value);
};
