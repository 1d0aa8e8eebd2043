import { codings, systems } from './coding.ts';

/** Clinical drugs (RxNorm term type SCD). @see https://mor.nlm.nih.gov/RxNav/ */
export const drugCodes = codings(systems.rxnorm, {
  metformin: ['861007', 'metformin hydrochloride 500 MG Oral Tablet'],
  lisinopril: ['314076', 'lisinopril 10 MG Oral Tablet'],
  amlodipine: ['197361', 'amlodipine 5 MG Oral Tablet'],
  losartan: ['979492', 'losartan potassium 50 MG Oral Tablet'],
  atorvastatin: ['617310', 'atorvastatin 20 MG Oral Tablet'],
  levothyroxine: ['966222', 'levothyroxine sodium 0.075 MG Oral Tablet'],
  sertraline: ['312941', 'sertraline 50 MG Oral Tablet'],
  escitalopram: ['349332', 'escitalopram 10 MG Oral Tablet'],
  albuterol: ['745679', '200 ACTUAT albuterol 0.09 MG/ACTUAT Metered Dose Inhaler'],
  fluticasone: ['895994', '120 ACTUAT fluticasone propionate 0.044 MG/ACTUAT Metered Dose Inhaler'],
  fluticasoneSalmeterol: [
    '896209',
    '60 ACTUAT fluticasone propionate 0.25 MG/ACTUAT / salmeterol 0.05 MG/ACTUAT Dry Powder Inhaler',
  ],
  apixaban: ['1364445', 'apixaban 5 MG Oral Tablet'],
  metoprolol: ['866436', '24 HR metoprolol succinate 50 MG Extended Release Oral Tablet'],
  furosemide: ['313988', 'furosemide 40 MG Oral Tablet'],
  aspirin: ['243670', 'aspirin 81 MG Oral Tablet'],
  omeprazole: ['198051', 'omeprazole 20 MG Delayed Release Oral Capsule'],
  tamsulosin: ['863669', 'tamsulosin hydrochloride 0.4 MG Oral Capsule'],
  acetaminophen: ['198440', 'acetaminophen 500 MG Oral Tablet'],
  ibuprofen: ['197805', 'ibuprofen 400 MG Oral Tablet'],
  cetirizine: ['1014678', 'cetirizine hydrochloride 10 MG Oral Tablet'],
  ferrousSulfate: ['310325', 'ferrous sulfate 325 MG Oral Tablet'],
  hydrocortisone: ['106258', 'hydrocortisone 10 MG/ML Topical Cream'],
  amoxicillinSuspension: ['308189', 'amoxicillin 80 MG/ML Oral Suspension'],
  amoxicillin: ['308191', 'amoxicillin 500 MG Oral Capsule'],
  nitrofurantoin: ['1648755', 'nitrofurantoin, macrocrystals 25 MG / nitrofurantoin, monohydrate 75 MG Oral Capsule'],
});

/** Ingredients (RxNorm term type IN), as allergens. */
export const ingredientCodes = codings(systems.rxnorm, {
  amoxicillin: ['723', 'amoxicillin'],
  penicillinG: ['7980', 'penicillin G'],
  sulfamethoxazole: ['10180', 'sulfamethoxazole'],
  ibuprofen: ['5640', 'ibuprofen'],
  codeine: ['2670', 'codeine'],
});

export type DrugKey = keyof typeof drugCodes;
