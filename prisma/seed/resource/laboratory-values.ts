import type { AnalyteKey } from '../data/analytes.ts';
import type { Chart } from '../person/chart.ts';
import { ageAt } from '../person/chart.ts';
import type { Person } from '../person/person.ts';
import { round } from '../value/interpolate.ts';

export type Values = Partial<Record<AnalyteKey, number>>;

/**
 * Blood count. Red cell indices follow from hemoglobin, cell volume and MCHC, and are computed from rounded values, as
 * a reader would.
 */
export function bloodCount({ person, problems, random }: Chart): Values {
  const lacksIron = problems.has('ironDeficiency');
  const usual = person.sex === 'female' ? 13.4 : 15;
  const hemoglobin = round(lacksIron ? random.between(9.6, 11.4) : random.normal(usual, 0.6), 1);
  const hematocrit = round((hemoglobin / (lacksIron ? random.between(31, 32.4) : random.between(32.8, 34.2))) * 100, 1);
  const erythrocytes = round((hematocrit * 10) / (lacksIron ? random.between(70, 78) : random.normal(89.5, 2.6)), 2);
  return {
    leukocytes: round(random.normal(7, 1.2), 1),
    erythrocytes,
    hemoglobin,
    hematocrit,
    mcv: round((hematocrit * 10) / erythrocytes, 1),
    mch: round((hemoglobin * 10) / erythrocytes, 1),
    mchc: round((hemoglobin / hematocrit) * 100, 1),
    platelets: round(random.normal(lacksIron ? 320 : 250, 38)),
  };
}

/**
 * Estimated glomerular filtration rate by CKD-EPI 2021 (without race), in mL/min/1.73 m2.
 * @see https://doi.org/10.1056/NEJMoa2102953
 */
function filtrationRateOf(creatinine: number, age: number, sex: 'female' | 'male'): number {
  const [kappa, alpha, factor] = sex === 'female' ? [0.7, -0.241, 1.012] : [0.9, -0.302, 1];
  const ratio = creatinine / kappa;
  return 142 * Math.min(ratio, 1) ** alpha * Math.max(ratio, 1) ** -1.2 * 0.9938 ** age * factor;
}

function kidney(chart: Chart, date: Date): Values {
  const { person, problems, random } = chart;
  const age = ageAt(chart, date);
  const kappa = person.sex === 'female' ? 0.7 : 0.9;
  const best = filtrationRateOf(kappa, age, person.sex);
  const ill = problems.has('kidneyDisease');
  const aim = ill ? random.between(36, 55) : Math.max(63, best * random.between(0.78, 0.98));
  const creatinine = round(kappa * (best / Math.min(aim, best)) ** (1 / 1.2), 2);
  return {
    creatinine,
    filtrationRate: round(filtrationRateOf(creatinine, age, person.sex)),
    ureaNitrogen: round(ill ? random.between(23, 36) : random.between(9, 19)),
  };
}

/** Basic metabolic panel. Electrolytes have an anion gap of 8 to 13 and, in these patients, a normal chloride. */
export function basicMetabolic(chart: Chart, date: Date): Values {
  const { random } = chart;
  const sodium = random.integer(137, 143);
  const bicarbonate = random.integer(23, 27);
  const strongIons = sodium - bicarbonate;
  return {
    glucose: fastingGlucose(chart),
    calcium: round(random.normal(9.5, 0.25), 1),
    sodium,
    potassium: round(random.normal(4.3, 0.25), 1),
    chloride: strongIons - random.integer(Math.max(8, strongIons - 107), Math.min(13, strongIons - 98)),
    bicarbonate,
    ...kidney(chart, date),
  };
}

export function comprehensiveMetabolic(chart: Chart, date: Date): Values {
  const { random } = chart;
  const albumin = round(random.normal(4.2, 0.2), 1);
  return {
    ...basicMetabolic(chart, date),
    albumin,
    protein: round(albumin + random.between(2.5, 3.1), 1),
    bilirubin: round(random.between(0.3, 1.1), 1),
    alkalinePhosphatase: round(random.normal(76, 14)),
    aspartateAminotransferase: round(random.normal(22, 5)),
    alanineAminotransferase: round(random.normal(24, 6)),
  };
}

/** A constant of the person in [0, 1): their usual level, around which single results vary. */
function constitution({ stature }: Person, salt: number): number {
  return Math.abs(stature.weight * 7.3 + stature.height * 3.1 + stature.head * salt) % 1;
}

/** The person's usual HbA1c. Glucose and HbA1c results agree because both follow from it. */
function usualA1c({ person, problems }: Chart): number {
  const share = constitution(person, 5.7);
  return problems.has('diabetes') ? 6.7 + share * 2 : 5.1 + share * 0.45;
}

/** Fasting glucose in mg/dL, slightly below the average that the HbA1c implies (28.7 x A1c - 46.7). */
function fastingGlucose(chart: Chart): number {
  return round((28.7 * usualA1c(chart) - 46.7) * chart.random.between(0.83, 0.93));
}

export function hemoglobinA1c(chart: Chart): Values {
  return { hemoglobinA1c: round(usualA1c(chart) + chart.random.normal(0, 0.12), 1) };
}

/**
 * Lipid panel. LDL by Friedewald's formula from the rounded others, which is valid for triglycerides below 400 mg/dL.
 */
export function lipid({ person, problems, random }: Chart): Values {
  const heavy = problems.has('diabetes') || problems.has('obesity');
  const hdl = round((person.sex === 'female' ? 46 : 37) + 22 * constitution(person, 9.1) + random.normal(0, 2));
  const triglycerides = round((heavy ? 95 : 65) + (heavy ? 110 : 75) * constitution(person, 3.3) + random.normal(0, 9));
  const usual = (problems.has('hyperlipidemia') ? 84 : 72) + 50 * constitution(person, 8.7);
  const aim = usual + random.normal(0, 6);
  const cholesterol = round(aim + hdl + triglycerides / 5);
  return { cholesterol, triglycerides, hdl, ldl: round(cholesterol - hdl - triglycerides / 5) };
}

export function thyrotropin({ problems, random }: Chart): Values {
  return { thyrotropin: round(problems.has('hypothyroidism') ? random.between(1, 5.6) : random.between(0.7, 3.6), 2) };
}

export function urineAlbumin({ problems, random }: Chart): Values {
  return { urineAlbumin: problems.has('kidneyDisease') ? random.integer(34, 260) : random.integer(4, 27) };
}
