import type { analyteCodes } from '../codes/loinc.ts';
import type { Unit } from '../codes/ucum.ts';

export type AnalyteKey = keyof typeof analyteCodes;

/** Reference interval; one bound may be open. */
export interface Range {
  low?: number;
  high?: number;
}

export interface Analyte {
  unit: Unit;
  decimals: number;
  range: Range | Record<'female' | 'male', Range>;
}

/** Units, decimals and reference intervals of adults, as a general laboratory states them. */
export const analytes: Record<AnalyteKey, Analyte> = {
  leukocytes: { unit: '10*3/uL', decimals: 1, range: { low: 4, high: 11 } },
  erythrocytes: {
    unit: '10*6/uL',
    decimals: 2,
    range: { female: { low: 3.8, high: 5.2 }, male: { low: 4.3, high: 5.8 } },
  },
  hemoglobin: {
    unit: 'g/dL',
    decimals: 1,
    range: { female: { low: 12, high: 15.5 }, male: { low: 13.5, high: 17.5 } },
  },
  hematocrit: { unit: '%', decimals: 1, range: { female: { low: 35, high: 46 }, male: { low: 40, high: 52 } } },
  mcv: { unit: 'fL', decimals: 1, range: { low: 80, high: 100 } },
  mch: { unit: 'pg', decimals: 1, range: { low: 27, high: 33 } },
  mchc: { unit: 'g/dL', decimals: 1, range: { low: 32, high: 36 } },
  platelets: { unit: '10*3/uL', decimals: 0, range: { low: 150, high: 400 } },
  sodium: { unit: 'mmol/L', decimals: 0, range: { low: 135, high: 145 } },
  potassium: { unit: 'mmol/L', decimals: 1, range: { low: 3.5, high: 5.1 } },
  chloride: { unit: 'mmol/L', decimals: 0, range: { low: 98, high: 107 } },
  bicarbonate: { unit: 'mmol/L', decimals: 0, range: { low: 22, high: 29 } },
  ureaNitrogen: { unit: 'mg/dL', decimals: 0, range: { low: 7, high: 20 } },
  creatinine: { unit: 'mg/dL', decimals: 2, range: { female: { low: 0.5, high: 1.1 }, male: { low: 0.7, high: 1.3 } } },
  filtrationRate: { unit: 'mL/min/{1.73_m2}', decimals: 0, range: { low: 60 } },
  glucose: { unit: 'mg/dL', decimals: 0, range: { low: 70, high: 99 } },
  calcium: { unit: 'mg/dL', decimals: 1, range: { low: 8.6, high: 10.3 } },
  protein: { unit: 'g/dL', decimals: 1, range: { low: 6, high: 8.3 } },
  albumin: { unit: 'g/dL', decimals: 1, range: { low: 3.5, high: 5 } },
  bilirubin: { unit: 'mg/dL', decimals: 1, range: { low: 0.1, high: 1.2 } },
  alkalinePhosphatase: { unit: 'U/L', decimals: 0, range: { low: 40, high: 130 } },
  aspartateAminotransferase: { unit: 'U/L', decimals: 0, range: { low: 8, high: 40 } },
  alanineAminotransferase: { unit: 'U/L', decimals: 0, range: { low: 7, high: 45 } },
  cholesterol: { unit: 'mg/dL', decimals: 0, range: { high: 199 } },
  triglycerides: { unit: 'mg/dL', decimals: 0, range: { high: 149 } },
  hdl: { unit: 'mg/dL', decimals: 0, range: { female: { low: 50 }, male: { low: 40 } } },
  ldl: { unit: 'mg/dL', decimals: 0, range: { high: 99 } },
  hemoglobinA1c: { unit: '%', decimals: 1, range: { high: 5.6 } },
  thyrotropin: { unit: 'm[IU]/L', decimals: 2, range: { low: 0.4, high: 4.5 } },
  urineAlbumin: { unit: 'mg/g{creat}', decimals: 0, range: { high: 29 } },
  lead: { unit: 'ug/dL', decimals: 1, range: { high: 3.4 } },
};

/** Reference interval of hemoglobin in toddlers, which differs from that of adults. */
export const childHemoglobin: Range = { low: 11, high: 14 };
