import { codings, systems } from './coding.ts';

/** Kinds of encounter, procedures and findings; disorders are in `problems.ts`. @see https://browser.ihtsdotools.org */
export const encounterCodes = codings(systems.snomed, {
  checkUp: ['185349003', 'Encounter for check up'],
  wellChild: ['410620009', 'Well child visit'],
  followUp: ['390906007', 'Follow-up encounter'],
  symptom: ['185345009', 'Encounter for symptom'],
  emergency: ['50849002', 'Emergency room admission'],
  admission: ['32485007', 'Hospital admission'],
});

export const procedureCodes = codings(systems.snomed, {
  footExam: ['401191002', 'Diabetic foot examination'],
  spirometry: ['127783003', 'Spirometry'],
  electrocardiogram: ['29303009', 'Electrocardiographic procedure'],
  colonoscopy: ['73761001', 'Colonoscopy'],
  mammography: ['71651007', 'Mammography'],
  boneDensity: ['312681000', 'Bone density scan'],
  kneeReplacement: ['609588000', 'Total knee replacement'],
  appendectomy: ['80146002', 'Appendectomy'],
  obstetricUltrasound: ['268445003', 'Ultrasound scan - obstetric'],
  depressionScreening: ['171207006', 'Depression screening'],
});

export const smokingCodes = codings(systems.snomed, {
  never: ['266919005', 'Never smoked tobacco'],
  former: ['8517006', 'Ex-smoker'],
  daily: ['449868002', 'Smokes tobacco daily'],
});

export const allergenCodes = codings(systems.snomed, {
  noKnownAllergy: ['716186003', 'No known allergy'],
  peanut: ['762952008', 'Peanut'],
  shellfish: ['735029006', 'Shellfish'],
  grassPollen: ['256277009', 'Grass pollen'],
  houseDustMite: ['260147004', 'House dust mite'],
});

export const reactionCodes = codings(systems.snomed, {
  urticaria: ['126485001', 'Urticaria'],
  anaphylaxis: ['39579001', 'Anaphylaxis'],
  eruption: ['271807003', 'Eruption of skin'],
  nausea: ['422587007', 'Nausea'],
  wheezing: ['56018004', 'Wheezing'],
});

export const roleCodes = codings(systems.snomed, {
  physician: ['309343006', 'Physician'],
  nurse: ['224535009', 'Registered nurse'],
  patient: ['116154003', 'Patient'],
});

export const routeCodes = codings(systems.snomed, {
  oral: ['26643006', 'Oral route'],
  inhalation: ['447694001', 'Respiratory tract route'],
  topical: ['6064005', 'Topical route'],
});

/** Results reported in words. */
export const findingCodes = codings(systems.snomed, {
  groupAPositive: ['278149003', 'Blood group A Rh(D) positive'],
});
