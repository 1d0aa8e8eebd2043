/** A convertible unit: base = (value + shift) × numerator / denominator, all as decimal text. */
export interface Unit {
  code: string;
  numerator: string;
  denominator: string;
  shift: string;
}

export const ucum = 'http://unitsofmeasure.org';

/**
 * Convertible units, grouped by what they measure; each size is exact by definition and relative to the group's first
 * unit. Deliberately limited to vital signs and common laboratory results; other units are compared as written. Molar
 * and mass concentrations are separate, because converting between them depends on the substance.
 * @see https://ucum.org/ucum
 */
const sizes: Record<string, string>[] = [
  { g: '1', kg: '1000', mg: '1e-3', ug: '1e-6', ng: '1e-9', '[lb_av]': '453.59237', '[oz_av]': '28.349523125' },
  {
    m: '1',
    km: '1000',
    cm: '1e-2',
    mm: '1e-3',
    um: '1e-6',
    '[in_i]': '0.0254',
    '[ft_i]': '0.3048',
    '[yd_i]': '0.9144',
    '[mi_i]': '1609.344',
    '[mi_us]': '6336000/3937',
    '[nmi_i]': '1852',
  },
  { s: '1', ms: '1e-3', min: '60', h: '3600', d: '86400', wk: '604800', mo: '2629800', a: '31557600' },
  { L: '1', l: '1', dL: '0.1', mL: '1e-3', uL: '1e-6', fL: '1e-15', cm3: '1e-3', m3: '1000' },
  {
    'g/L': '1',
    'g/dL': '10',
    'g/mL': '1000',
    'mg/L': '1e-3',
    'mg/dL': '1e-2',
    'mg/mL': '1',
    'ug/L': '1e-6',
    'ug/dL': '1e-5',
    'ug/mL': '1e-3',
    'ng/L': '1e-9',
    'ng/dL': '1e-8',
    'ng/mL': '1e-6',
    'pg/mL': '1e-9',
  },
  { 'mol/L': '1', 'mmol/L': '1e-3', 'mmol/dL': '1e-2', 'umol/L': '1e-6', 'nmol/L': '1e-9', 'pmol/L': '1e-12' },
  { 'eq/L': '1', 'meq/L': '1e-3', 'meq/dL': '1e-2' },
  { 'U/L': '1', 'kU/L': '1000', 'U/mL': '1000', 'mU/mL': '1', 'mU/L': '1e-3' },
  { '[iU]/L': '1', 'k[iU]/L': '1000', '[iU]/mL': '1000', 'm[iU]/mL': '1', 'm[iU]/L': '1e-3', 'u[iU]/mL': '1e-3' },
  { '/L': '1', '/uL': '1e6', '10*3/uL': '1e9', '10*6/uL': '1e12', '10*9/L': '1e9', '10*12/L': '1e12' },
  { Pa: '1', kPa: '1000', 'mm[Hg]': '133.322', 'cm[H2O]': '98.0665' },
  { '/min': '1', '{beats}/min': '1', '{Beats}/min': '1', '{breaths}/min': '1', '/s': '60', Hz: '60' },
  { '1': '1', '%': '1e-2' },
];

const temperatures: Unit[] = [
  { code: 'K', numerator: '1', denominator: '1', shift: '0' },
  { code: 'Cel', numerator: '1', denominator: '1', shift: '273.15' },
  { code: '[degF]', numerator: '5', denominator: '9', shift: '459.67' },
];

const dimensions: Unit[][] = [
  ...sizes.map((units) => Object.entries(units).map(([code, size]) => ofSize(code, size))),
  temperatures,
];

function ofSize(code: string, size: string): Unit {
  const [numerator = '1', denominator = '1'] = size.split('/');
  return { code, numerator, denominator, shift: '0' };
}

/**
 * The unit with this UCUM code and all that measure the same quantity, itself first; empty for a unit without
 * conversion.
 */
export function comparableUnits(code: string): Unit[] {
  const found = dimensions.find((units) => units.some((unit) => unit.code === code)) ?? [];
  return found.toSorted((a, b) => Number(b.code === code) - Number(a.code === code));
}

/** How each unit converts to the first of its group: numerator, denominator and shift, by code. */
export function canonicalSizes(): Record<string, [numerator: string, denominator: string, shift: string]> {
  const units = dimensions.flat();
  return Object.fromEntries(
    units.map(({ code, numerator, denominator, shift }) => [code, [numerator, denominator, shift]]),
  );
}
