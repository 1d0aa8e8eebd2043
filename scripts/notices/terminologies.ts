/** A terminology whose codes stand in the generated patients, the samples or the definitions, and what its owner asks for. */
interface Terminology {
  name: string;
  /** Begins the addresses of its code systems. */
  system: string;
  notice: string;
}

/** The terminologies whose owners ask for a notice wherever their codes are passed on. */
export const terminologies: Terminology[] = [
  {
    name: 'LOINC',
    system: 'http://loinc.org',
    notice:
      'This material contains content from LOINC (http://loinc.org). LOINC is copyright © Regenstrief Institute, Inc. and the Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost under the license at http://loinc.org/license. LOINC® is a registered United States trademark of Regenstrief Institute, Inc.',
  },
  {
    name: 'SNOMED CT',
    system: 'http://snomed.info/sct',
    notice:
      'This material includes SNOMED Clinical Terms® (SNOMED CT®) which is used by permission of SNOMED International (International Health Terminology Standards Development Organisation, IHTSDO). All rights reserved. SNOMED CT® was originally created by The College of American Pathologists. "SNOMED" and "SNOMED CT" are registered trademarks of SNOMED International. Whoever uses SNOMED CT needs a license: see https://www.snomed.org/get-snomed.',
  },
  {
    name: 'RxNorm',
    system: 'http://www.nlm.nih.gov/research/umls/rxnorm',
    notice:
      'This product uses publicly available data courtesy of the U.S. National Library of Medicine (NLM), National Institutes of Health, Department of Health and Human Services; NLM is not responsible for the product and does not endorse or recommend this or any other product.',
  },
  {
    name: 'CVX',
    system: 'http://hl7.org/fhir/sid/cvx',
    notice:
      'The CVX code set of vaccines is developed and maintained by the U.S. Centers for Disease Control and Prevention (CDC), which make it available at no charge: https://www2.cdc.gov/vaccines/iis/iisstandards/vaccines.asp?rpt=cvx. Its use here does not imply that CDC endorses this product.',
  },
  {
    name: 'ICD-10 and ICD-10-CM',
    system: 'http://hl7.org/fhir/sid/icd-10',
    notice:
      'ICD-10 is copyright © World Health Organization (WHO) 1992, 2016, and used by its permission; WHO does not endorse this product. ICD-10-CM is the clinical modification of ICD-10 for use in the United States, made by the National Center for Health Statistics (NCHS) with the permission of WHO, and maintained by NCHS and the Centers for Medicare & Medicaid Services.',
  },
  {
    name: 'UCUM',
    system: 'http://unitsofmeasure.org',
    notice:
      'This product includes all or a portion of the UCUM table, UCUM codes, and UCUM definitions or is derived from it, subject to a license from Regenstrief Institute, Inc. and The UCUM Organization. The original is available at https://ucum.org. It is copyright © 1999-2009, Regenstrief Institute, Inc. and the UCUM Organization, Indianapolis, IN. All rights reserved.',
  },
  {
    name: 'NUCC Health Care Provider Taxonomy',
    system: 'http://nucc.org/provider-taxonomy',
    notice:
      'The Health Care Provider Taxonomy code set is copyright © American Medical Association, and maintained by the National Uniform Claim Committee (https://www.nucc.org).',
  },
  {
    name: 'FHIR',
    system: 'http://hl7.org/fhir',
    notice:
      'FHIR® and HL7® are the registered trademarks of Health Level Seven International, and their use does not constitute endorsement by HL7. The FHIR specification, parts of whose definitions are included, is licensed under Creative Commons "No Rights Reserved" (CC0).',
  },
];
