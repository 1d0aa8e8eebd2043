/** Points of a curve, `[x, y]`, ordered by x. JSON tables arrive as `number[][]`. */
export type Curve = readonly (readonly number[])[];

/** Value of the curve at x, linear between its points; beyond its ends, the first or last value. */
export function interpolate(curve: Curve, x: number): number {
  const upper = curve.findIndex((point) => (point[0] ?? 0) >= x);
  const [x1 = 0, y1 = 0] = (upper === -1 ? curve.at(-1) : curve[upper]) ?? [];
  const [x0 = x1, y0 = y1] = (upper > 0 ? curve[upper - 1] : undefined) ?? [];
  return x1 === x0 || x > x1 ? y1 : y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}

/** Rounds to a number of decimals, without binary rounding errors such as 0.30000000000000004. */
export function round(value: number, decimals = 0): number {
  return Number(value.toFixed(decimals));
}
