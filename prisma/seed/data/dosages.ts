import type { DrugKey } from '../codes/rxnorm.ts';

/** How a drug is taken. `form` is a code of HL7's orderable drug forms. */
export interface DosageTraits {
  text: string;
  dose: number;
  form: 'TAB' | 'CAP' | 'PUFF' | 'ml' | 'CREAM';
  timesPerDay: number;
  route: 'oral' | 'inhalation' | 'topical';
  asNeeded?: true;
  /** Length of the course; absent for drugs taken indefinitely. */
  days?: number;
}

export const dosages: Record<DrugKey, DosageTraits> = {
  metformin: {
    text: 'Take 1 tablet by mouth twice a day with meals',
    dose: 1,
    form: 'TAB',
    timesPerDay: 2,
    route: 'oral',
  },
  lisinopril: { text: 'Take 1 tablet by mouth once a day', dose: 1, form: 'TAB', timesPerDay: 1, route: 'oral' },
  amlodipine: { text: 'Take 1 tablet by mouth once a day', dose: 1, form: 'TAB', timesPerDay: 1, route: 'oral' },
  losartan: { text: 'Take 1 tablet by mouth once a day', dose: 1, form: 'TAB', timesPerDay: 1, route: 'oral' },
  atorvastatin: {
    text: 'Take 1 tablet by mouth once a day in the evening',
    dose: 1,
    form: 'TAB',
    timesPerDay: 1,
    route: 'oral',
  },
  levothyroxine: {
    text: 'Take 1 tablet by mouth every morning on an empty stomach',
    dose: 1,
    form: 'TAB',
    timesPerDay: 1,
    route: 'oral',
  },
  sertraline: { text: 'Take 1 tablet by mouth once a day', dose: 1, form: 'TAB', timesPerDay: 1, route: 'oral' },
  escitalopram: { text: 'Take 1 tablet by mouth once a day', dose: 1, form: 'TAB', timesPerDay: 1, route: 'oral' },
  albuterol: {
    text: 'Inhale 2 puffs up to four times a day as needed for wheezing',
    dose: 2,
    form: 'PUFF',
    timesPerDay: 4,
    route: 'inhalation',
    asNeeded: true,
  },
  fluticasone: {
    text: 'Inhale 2 puffs twice a day; rinse the mouth afterwards',
    dose: 2,
    form: 'PUFF',
    timesPerDay: 2,
    route: 'inhalation',
  },
  fluticasoneSalmeterol: {
    text: 'Inhale 1 puff twice a day; rinse the mouth afterwards',
    dose: 1,
    form: 'PUFF',
    timesPerDay: 2,
    route: 'inhalation',
  },
  apixaban: { text: 'Take 1 tablet by mouth twice a day', dose: 1, form: 'TAB', timesPerDay: 2, route: 'oral' },
  metoprolol: { text: 'Take 1 tablet by mouth once a day', dose: 1, form: 'TAB', timesPerDay: 1, route: 'oral' },
  furosemide: {
    text: 'Take 1 tablet by mouth once a day in the morning',
    dose: 1,
    form: 'TAB',
    timesPerDay: 1,
    route: 'oral',
  },
  aspirin: { text: 'Take 1 tablet by mouth once a day', dose: 1, form: 'TAB', timesPerDay: 1, route: 'oral' },
  omeprazole: {
    text: 'Take 1 capsule by mouth once a day before breakfast',
    dose: 1,
    form: 'CAP',
    timesPerDay: 1,
    route: 'oral',
  },
  tamsulosin: {
    text: 'Take 1 capsule by mouth once a day after the same meal',
    dose: 1,
    form: 'CAP',
    timesPerDay: 1,
    route: 'oral',
  },
  acetaminophen: {
    text: 'Take 1 tablet by mouth up to four times a day as needed for pain',
    dose: 1,
    form: 'TAB',
    timesPerDay: 4,
    route: 'oral',
    asNeeded: true,
  },
  ibuprofen: {
    text: 'Take 1 tablet by mouth up to three times a day with food as needed for pain',
    dose: 1,
    form: 'TAB',
    timesPerDay: 3,
    route: 'oral',
    asNeeded: true,
    days: 7,
  },
  cetirizine: {
    text: 'Take 1 tablet by mouth once a day as needed for allergy symptoms',
    dose: 1,
    form: 'TAB',
    timesPerDay: 1,
    route: 'oral',
    asNeeded: true,
  },
  ferrousSulfate: { text: 'Take 1 tablet by mouth once a day', dose: 1, form: 'TAB', timesPerDay: 1, route: 'oral' },
  hydrocortisone: {
    text: 'Apply a thin layer to the affected skin twice a day during flares',
    dose: 1,
    form: 'CREAM',
    timesPerDay: 2,
    route: 'topical',
    asNeeded: true,
  },
  amoxicillinSuspension: {
    text: 'Take 5 mL by mouth twice a day for 10 days',
    dose: 5,
    form: 'ml',
    timesPerDay: 2,
    route: 'oral',
    days: 10,
  },
  amoxicillin: {
    text: 'Take 1 capsule by mouth twice a day for 10 days',
    dose: 1,
    form: 'CAP',
    timesPerDay: 2,
    route: 'oral',
    days: 10,
  },
  nitrofurantoin: {
    text: 'Take 1 capsule by mouth twice a day for 5 days',
    dose: 1,
    form: 'CAP',
    timesPerDay: 2,
    route: 'oral',
    days: 5,
  },
};
