// Writes a signal file as the worst of older programs do: in place, in two halves, again and again until it is answered (and then some
// times more), and some signals never whole.
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

const [path, responses, seconds, template] = process.argv.slice(2);
const isAnswered = (id) => {
  try {
    return readFileSync(responses).toString('utf16le').includes(`"${id}"`);
  } catch {
    return false;
  }
};
const wait = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
const end = performance.now() + Number(seconds) * 1_000;
const whole = [];
const torn = [];
for (let n = 0; performance.now() < end; n++) {
  const never = n % 5 === 4;
  const id = `${never ? 'torn' : 'whole'}-${n}`;
  const bytes = Buffer.from(`\uFEFF${template.replaceAll('{id}', id)}\r\n`, 'utf16le');
  for (let again = 0, left = 2 + (n % 5); left > 0; again++) {
    if (never || isAnswered(id)) left--;
    const file = openSync(path, 'w');
    const cut = 2 * Math.floor(((1 + (again % 20)) * bytes.length) / 24);
    writeSync(file, bytes.subarray(0, cut));
    wait(2);
    if (!never) writeSync(file, bytes.subarray(cut));
    closeSync(file);
    wait(8);
  }
  (never ? torn : whole).push(id);
}
console.log(JSON.stringify({ whole, torn }));
