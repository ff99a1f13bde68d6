/** The number, where it is one that can be counted with; else undefined. */
export const finite = (value: number | undefined): number | undefined =>
  value !== undefined && Number.isFinite(value) && Math.abs(value) < UNSET ? value : undefined;

/** The number, where it is finite and above 0; else undefined. */
export const positive = (value: number | undefined): number | undefined => {
  const number = finite(value);
  return number !== undefined && number > 0 ? number : undefined;
};

/** TWS says that a number is not set by the largest double. Nothing it tells of comes near. */
const UNSET = 1e300;
