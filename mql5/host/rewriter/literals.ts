import { SourceError } from './problem.js';
import type { Token } from './token.js';

const ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  '0': 0,
  '"': 34,
  "'": 39,
  '\\': 92,
};

// UTF-16 units of a quoted text. MQL5 leaves a backslash before any other letter as it is.
const units = (quoted: string): number[] => {
  const body = quoted.slice(1, -1);
  const out: number[] = [];
  for (let i = 0; i < body.length; i++) {
    const next = body[i + 1];
    if (body[i] !== '\\' || next === undefined) {
      out.push(body.charCodeAt(i));
      continue;
    }
    const hex = next === 'x' || next === 'X' ? /^[0-9a-fA-F]{1,4}/.exec(body.slice(i + 2))?.[0] : undefined;
    const escaped = ESCAPES[next];
    if (hex !== undefined) {
      out.push(Number.parseInt(hex, 16));
      i += 1 + hex.length;
    } else if (escaped !== undefined) {
      out.push(escaped);
      i++;
    } else {
      out.push(92);
    }
  }
  return out;
};

const isPlain = (unit: number): boolean => unit >= 32 && unit < 127;

const stringLiteral = (text: string): string => {
  let out = 'u"';
  let afterHex = false;
  for (const unit of units(text)) {
    const letter = String.fromCharCode(unit);
    if (letter === '"' || letter === '\\' || letter === '\n') {
      out += letter === '\n' ? '\\n' : `\\${letter}`;
      afterHex = false;
    } else if (isPlain(unit)) {
      // \x takes every hexadecimal digit that follows: a new literal stops it.
      out += afterHex && /[0-9a-fA-F]/.test(letter) ? `" u"${letter}` : letter;
      afterHex = false;
    } else {
      out += `\\x${unit.toString(16).padStart(4, '0')}`;
      afterHex = true;
    }
  }
  return `${out}"_mql`;
};

const dateLiteral = (token: Token): string => {
  const text = token.text.slice(2, -1).trim();
  const found =
    /^(?:(\d{4})[./-](\d{1,2})[./-](\d{1,2})|(\d{1,2})[./-](\d{1,2})[./-](\d{4}))?\s*(?:(\d{1,2})(?::(\d{1,2}))?(?::(\d{1,2}))?)?$/.exec(
      text,
    );
  if (!found) throw new SourceError(token.at, `wrong date ${token.text}`);
  // MetaEditor would take the day of the compilation, which differs from build to build.
  if (!found[1] && !found[6]) throw new SourceError(token.at, `a day is missing in ${token.text}`);
  const part = (i: number) => Number(found[i] ?? 0);
  const [year, month, day] = found[1] ? [part(1), part(2), part(3)] : [part(6), part(5), part(4)];
  const seconds = Date.UTC(year!, month! - 1, day!, part(7), part(8), part(9)) / 1000;
  return `((datetime)${seconds})`;
};

const colorLiteral = (token: Token): string => {
  const parts = token.text.slice(2, -1).split(',').map(Number);
  const [red, green, blue] = parts;
  if (parts.length !== 3 || parts.some((part) => !(part >= 0 && part <= 255)))
    throw new SourceError(token.at, `wrong colour ${token.text}`);
  return `((color)${red! | (green! << 8) | (blue! << 16)})`;
};

const numberLiteral = (text: string): string => {
  // MQL5 has no octal numbers.
  const plain = /^0\d+[uUlL]*$/.test(text) ? text.replace(/^0+(?=\d)/, '') : text;
  const digits = /^\d+$/.exec(plain);
  return digits && BigInt(plain) > 9223372036854775807n ? `${plain}UL` : plain;
};

/** The C++ of a number, text, character, date or colour. */
export const literal = (token: Token): string => {
  switch (token.kind) {
    case 'string':
      return stringLiteral(token.text);
    case 'char': {
      const unit = units(token.text);
      if (unit.length > 1) throw new SourceError(token.at, `one character expected in ${token.text}`);
      return `((ushort)${unit[0] ?? 0})`;
    }
    case 'date':
      return dateLiteral(token);
    case 'color':
      return colorLiteral(token);
    case 'binary':
      return String(BigInt(`0b${token.text.slice(2, -1) || '0'}`));
    default:
      return numberLiteral(token.text);
  }
};
