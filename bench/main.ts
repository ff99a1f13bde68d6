import { readdirSync } from 'node:fs';
import { Bench } from 'tinybench';

// Runs every bench/*.bench.ts, or those whose name contains the first argument. Such a file adds its tasks:
//   export default (bench: Bench) => bench.add('one bar', () => builder.push(bar));
const only = process.argv[2] ?? '';
const files = readdirSync(import.meta.dirname).filter(
  (file) => file.endsWith('.bench.ts') && file.includes(only),
);

for (const file of files) {
  const bench = new Bench({ name: file.replace('.bench.ts', '') });
  const { default: add }: { default: (bench: Bench) => unknown } = await import(`./${file}`);
  await add(bench);
  await bench.run();
  console.log(bench.name);
  console.table(bench.table());
}
console.log(`${files.length} benchmarks.`);
