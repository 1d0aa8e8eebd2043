import { codings, systems } from './coding.ts';

/** Vaccines administered. @see https://www2.cdc.gov/vaccines/iis/iisstandards/vaccines.asp?rpt=cvx */
export const vaccineCodes = codings(systems.cvx, {
  hepatitisB: ['08', 'Hep B, adolescent or pediatric'],
  rotavirus: ['116', 'rotavirus, pentavalent'],
  dtap: ['20', 'DTaP'],
  hib: ['48', 'Hib (PRP-T)'],
  pneumococcal13: ['133', 'Pneumococcal conjugate PCV 13'],
  pneumococcal20: ['216', 'Pneumococcal conjugate PCV20, polysaccharide CRM197 conjugate, adjuvant, PF'],
  pneumococcal23: ['33', 'pneumococcal polysaccharide PPV23'],
  polio: ['10', 'IPV'],
  mmr: ['03', 'MMR'],
  varicella: ['21', 'varicella'],
  hepatitisA: ['83', 'Hep A, ped/adol, 2 dose'],
  tdap: ['115', 'Tdap'],
  hpv: ['165', 'HPV9'],
  meningococcal: ['114', 'meningococcal MCV4P'],
  influenza: ['140', 'Influenza, split virus, trivalent, PF'],
  covid: ['309', 'COVID-19, mRNA, LNP-S, PF, tris-sucrose, 30 mcg/0.3 mL'],
  zoster: ['187', 'zoster recombinant'],
});

export type VaccineKey = keyof typeof vaccineCodes;
