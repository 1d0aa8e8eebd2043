import type { Claim, DocumentReference, Encounter, ExplanationOfBenefit, FhirResource } from 'fhir/r4';

const coded = (system: string, code: string) => ({ coding: [{ system, code, display: code }] });
const lakeside = { reference: 'Organization/lakeside', display: 'Lakeside General Hospital' };
const adjudications = ['submitted', 'copay', 'eligible', 'deductible', 'benefit'];

/** The resources that make Synthea's files large: a claim, an explanation of benefit and a note for each visit. */
export function claimsOf(resources: FhirResource[]): FhirResource[] {
  return resources.flatMap((one) => (one.resourceType === 'Encounter' ? [claim(one), benefit(one), note(one)] : []));
}

function claim(encounter: Encounter): Claim {
  return {
    resourceType: 'Claim',
    id: `${encounter.id}-claim`,
    status: 'active',
    type: coded('http://terminology.hl7.org/CodeSystem/claim-type', 'institutional'),
    use: 'claim',
    patient: encounter.subject ?? {},
    created: encounter.period?.start ?? '2025-01-01',
    provider: lakeside,
    priority: coded('http://terminology.hl7.org/CodeSystem/processpriority', 'normal'),
    insurance: [{ sequence: 1, focal: true, coverage: { display: 'Lakeside Health Plan' } }],
    item: [1, 2, 3].map((sequence) => ({
      sequence,
      productOrService: coded('http://snomed.info/sct', '162673000'),
      encounter: [{ reference: `Encounter/${encounter.id}` }],
      net: { value: 85.55 * sequence, currency: 'USD' },
    })),
    total: { value: 129.16, currency: 'USD' },
  };
}

function benefit(encounter: Encounter): ExplanationOfBenefit {
  const created = encounter.period?.start ?? '2025-01-01';
  return {
    resourceType: 'ExplanationOfBenefit',
    id: `${encounter.id}-benefit`,
    status: 'active',
    type: coded('http://terminology.hl7.org/CodeSystem/claim-type', 'professional'),
    use: 'claim',
    patient: encounter.subject ?? {},
    billablePeriod: { start: created, end: created },
    created,
    insurer: { display: 'Lakeside Health Plan' },
    provider: lakeside,
    outcome: 'complete',
    claim: { reference: `Claim/${encounter.id}-claim` },
    insurance: [{ focal: true, coverage: { display: 'Lakeside Health Plan' } }],
    item: Array.from({ length: 6 }, (_, index) => ({
      sequence: index + 1,
      category: coded('http://terminology.hl7.org/CodeSystem/ex-benefitcategory', '1'),
      productOrService: coded('http://snomed.info/sct', '162673000'),
      servicedPeriod: { start: created, end: created },
      locationCodeableConcept: coded('http://terminology.hl7.org/CodeSystem/ex-serviceplace', '19'),
      encounter: [{ reference: `Encounter/${encounter.id}` }],
      net: { value: 85.55, currency: 'USD' },
      adjudication: adjudications.map((code) => ({
        category: coded('http://terminology.hl7.org/CodeSystem/adjudication', code),
        amount: { value: 12.5, currency: 'USD' },
      })),
    })),
    payment: { amount: { value: 103.3, currency: 'USD' } },
  };
}

function note(encounter: Encounter): DocumentReference {
  const text = `Visit of ${encounter.period?.start}. ${'The patient was seen and examined; findings stand below. '.repeat(80)}`;
  return {
    resourceType: 'DocumentReference',
    id: `${encounter.id}-note`,
    status: 'current',
    type: coded('http://loinc.org', '34117-2'),
    subject: encounter.subject ?? {},
    date: new Date(encounter.period?.start ?? '2025-01-01').toISOString(),
    custodian: lakeside,
    content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(text).toString('base64') } }],
    context: { encounter: [{ reference: `Encounter/${encounter.id}` }] },
  };
}
