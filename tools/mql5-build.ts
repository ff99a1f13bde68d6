import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildProgram, hasCompiler } from '@mikrobot/mql5';

// What the slow tests of MQL5 run, compiled before them: a test does not wait for its compiler then.

const experts = join(import.meta.dirname, '../mql5/Experts');

if (!hasCompiler()) console.log('g++ is not installed: the tests of MQL5 will say that they skip.');
else {
  const sources = readdirSync(experts).filter((name) => name.endsWith('.mq5'));
  for (const sanitize of [false, true]) {
    for (const name of sources) {
      const start = performance.now();
      await buildProgram(join(experts, name), { sanitize });
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      console.log(`${name}${sanitize ? ', with sanitizers' : ''}: ${seconds} s`);
    }
  }
}
