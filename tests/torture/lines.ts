/** Cuts a stream of text into lines; what follows the last line break waits for its rest. */
export const lineCutter = (take: (line: string) => void): ((chunk: string) => void) => {
  let rest = '';
  return (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') take(line);
  };
};
