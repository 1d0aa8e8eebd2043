/** Micromoles per litre in one milligram of bilirubin per decilitre. */
const umolPerMg = 17.1;

const massUnits = new Set(['mg/dl']);
// The micro sign and the Greek letter mu look alike and are both in use.
const molarUnits = new Set(['umol/l', '\u00b5mol/l', '\u03bcmol/l', 'micromol/l']);

/** A bilirubin concentration in mg/dL, from mg/dL or µmol/L (UCUM or as printed); null for any other unit. */
export function toMgPerDl(value: number, unit: string): number | null {
  const key = unit.trim().toLowerCase();
  if (massUnits.has(key)) return value;
  return molarUnits.has(key) ? value / umolPerMg : null;
}
