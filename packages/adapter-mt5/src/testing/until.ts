/** Waits until something holds. @throws Error after a few seconds, naming it */
export const until = async (what: string, holds: () => unknown): Promise<void> => {
  const end = performance.now() + 5_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`${what}: waited in vain`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
};
