/** Points of a curve, `[x, y]`, ordered by x. JSON tables arrive as `number[][]`. */
export type Curve = readonly (readonly number[])[];

/** The curve's value at x by straight lines between its points; beyond its ends the first or last value. */
export function interpolate(curve: Curve, x: number): number {
  const upper = curve.findIndex((point) => (point[0] ?? 0) >= x);
  const [x1 = 0, y1 = 0] = (upper === -1 ? curve.at(-1) : curve[upper]) ?? [];
  const [x0 = x1, y0 = y1] = (upper > 0 ? curve[upper - 1] : undefined) ?? [];
  return x1 === x0 || x > x1 ? y1 : y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}

/** Rounded to so many decimals, without binary dust. */
export function round(value: number, decimals = 0): number {
  return Number(value.toFixed(decimals));
}
