const VOID = new Set(['meta', 'br', 'hr', 'img', 'link', 'input']);
const TAG = /<(\/?)([a-zA-Z][\w:-]*)((?:\s+[\w:-]+(?:="[^"<]*")?)*)\s*(\/?)>/y;
const RAW = /<(script|style)>[\s\S]*?<\/\1>/g;

/** What is wrong with the markup of a page, if anything: tags out of order, loose angle brackets or ampersands, ids given twice. */
export const faultsOf = (html: string): string[] => {
  const text = html.replace(/^<!DOCTYPE html>/, '').replace(RAW, '<$1></$1>');
  const faults: string[] = [];
  const open: string[] = [];
  let at = text.indexOf('<');
  while (at !== -1) {
    TAG.lastIndex = at;
    const match = TAG.exec(text);
    if (match === null) {
      faults.push(`no tag: ${text.slice(at, at + 60)}`);
      at = text.indexOf('<', at + 1);
      continue;
    }
    const [whole, closing, name = '', , empty] = match;
    if (closing === '/') {
      const expected = open.pop();
      if (expected !== name)
        faults.push(`</${name}> where </${expected}> belongs: ${text.slice(at - 60, at + 20)}`);
    } else if (empty === '' && !VOID.has(name)) open.push(name);
    at = text.indexOf('<', at + whole.length);
  }
  if (open.length > 0) faults.push(`never closed: ${open.join(', ')}`);
  for (const [loose] of text.matchAll(/&(?!(?:amp|lt|gt|quot|#39);).{0,20}/g)) faults.push(`loose: ${loose}`);
  const ids = [...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  if (new Set(ids).size !== ids.length) faults.push(`ids twice: ${ids.join(' ')}`);
  if (/NaN|Infinity|undefined/.test(text))
    faults.push(`not a figure: ${/.{40}(?:NaN|Infinity|undefined).{20}/.exec(text)}`);
  return faults;
};
