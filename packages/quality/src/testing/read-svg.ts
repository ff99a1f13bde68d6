/** An element of a document. */
export interface Read {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Read[];
  /** Of itself and all within. */
  text: string;
}

const NAME = '[a-zA-Z][a-zA-Z0-9-]*';
const TAG = new RegExp(`^<(/?)(${NAME})((?:\\s+${NAME}="[^"<]*")*)\\s*(/?)>`);
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

const plain = (text: string): string => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids.
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udfff]/u.test(text))
    throw new Error('a character that XML forbids');
  return text.replace(/&([^;]*);?/g, (whole, name: string) => {
    if (!whole.endsWith(';') || !Object.hasOwn(entities, name)) throw new Error(`a bare ampersand: ${whole}`);
    return entities[name]!;
  });
};

const attributesOf = (text: string): Record<string, string> => {
  const found = [...text.matchAll(new RegExp(`(${NAME})="([^"]*)"`, 'g'))].map(
    ([, name, value]) => [name!, plain(value!)] as const,
  );
  if (new Set(found.map(([name]) => name)).size !== found.length)
    throw new Error(`an attribute twice: ${text}`);
  return Object.fromEntries(found);
};

/** Reads markup as strictly as XML is read. @throws for the first thing that is not well formed. */
export const readMarkup = (markup: string): Read => {
  const root: Read = { name: '', attributes: {}, children: [], text: '' };
  const open: Read[] = [root];
  let rest = markup;
  while (rest !== '') {
    const top = open.at(-1)!;
    if (!rest.startsWith('<')) {
      const end = rest.indexOf('<');
      const text = plain(end < 0 ? rest : rest.slice(0, end));
      for (const element of open) element.text += text;
      rest = end < 0 ? '' : rest.slice(end);
      continue;
    }
    const [whole, closes, name, attributes, closed] = TAG.exec(rest) ?? [];
    if (whole === undefined) throw new Error(`no tag: ${rest.slice(0, 60)}`);
    rest = rest.slice(whole.length);
    if (closes === '/') {
      if (open.pop()?.name !== name || open.length === 0) throw new Error(`closed out of order: ${whole}`);
      continue;
    }
    const element: Read = { name: name!, attributes: attributesOf(attributes!), children: [], text: '' };
    top.children.push(element);
    if (closed !== '/') open.push(element);
  }
  if (open.length !== 1) throw new Error(`left open: ${open.at(-1)?.name}`);
  return root;
};

/** All elements within one, in the order of the document. */
export const allOf = (root: Read): Read[] => root.children.flatMap((child) => [child, ...allOf(child)]);

/** The elements of a class. */
export const withClass = (root: Read, name: string): Read[] =>
  allOf(root).filter(({ attributes }) => attributes.class?.split(' ').includes(name));

/** Attributes as numbers. */
export const numbers = ({ attributes }: Read, ...names: readonly string[]): number[] =>
  names.map((name) => Number(attributes[name]));

const places = ['x', 'y', 'x1', 'x2', 'y1', 'y2', 'cx', 'cy', 'd', 'width', 'height', 'r', 'transform'];

/** What is wrong with a picture: places that are no numbers, finer than a tenth of a pixel, or outside of the picture. */
export const faultsOf = (svg: string): string[] => {
  const [root] = readMarkup(svg).children;
  const [, , width = 0, height = 0] = (root?.attributes.viewBox ?? '').split(' ').map(Number);
  return allOf(root!).flatMap(({ name, attributes }) =>
    places.flatMap((place) => {
      const text = attributes[place];
      if (text === undefined) return [];
      const inside = text
        .replace(/translate|rotate|[MLHVZ() ]/g, ' ')
        .trim()
        .split(/\s+/);
      const isBad = inside.some((number) => {
        const value = Number(number);
        const isWithin = Math.abs(value) <= Math.max(width, height);
        return !/^-?\d+(\.\d)?$/.test(number) || !isWithin || (value < 0 && place !== 'transform');
      });
      return isBad ? [`${name} ${place}="${text}"`] : [];
    }),
  );
};
