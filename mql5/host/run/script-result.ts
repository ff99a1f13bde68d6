/** What a test script in MQL5 reported. */
export interface ScriptResult {
  readonly passed: readonly string[];
  readonly failed: readonly string[];
}

/** Reads `ok <name>` and `FAIL <name>: <why>` out of the lines that a terminal printed. */
export const scriptResult = (lines: readonly string[]): ScriptResult => {
  const texts = lines.map((line) => line.slice(line.indexOf('\t') + 1));
  return {
    passed: texts.filter((text) => text.startsWith('ok ')).map((text) => text.slice(3)),
    failed: texts.filter((text) => text.startsWith('FAIL ')).map((text) => text.slice(5)),
  };
};
