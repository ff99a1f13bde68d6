import type { Cursor } from './cursor.js';
import { cppName } from './names.js';

/** Reads `template<typename T, typename U>`. */
export const templatePrefix = (cursor: Cursor): string => {
  cursor.expect('template');
  cursor.expect('<');
  const names: string[] = [];
  do {
    if (!cursor.accept('typename')) cursor.expect('class');
    names.push(`typename ${cppName(cursor.name().text)}`);
  } while (cursor.accept(','));
  cursor.expect('>');
  return `template <${names.join(', ')}>`;
};
