/** Something that can be ordered here, by its RxNorm code. */
export interface Orderable {
  code: string;
  name: string;
  dosage: string;
}

/** The things that can be ordered; they occur in the stories of the shipped sandbox. */
export const orderables: readonly Orderable[] = [
  { code: '313782', name: 'Acetaminophen 325 mg oral tablet', dosage: '1 tablet every 6 hours as needed' },
  { code: '308182', name: 'Amoxicillin 250 mg oral capsule', dosage: '1 capsule three times a day' },
  { code: '308460', name: 'Azithromycin 250 mg oral tablet', dosage: '1 tablet once a day' },
  { code: '309092', name: 'Ceftriaxone 500 mg injection', dosage: '50 mg/kg once a day' },
  { code: '310965', name: 'Ibuprofen 200 mg oral tablet', dosage: '1 tablet every 6 hours as needed' },
  { code: '314076', name: 'Lisinopril 10 mg oral tablet', dosage: '1 tablet once a day' },
  { code: '861007', name: 'Metformin 500 mg oral tablet', dosage: '1 tablet twice a day' },
];

/** An order that is not in the record yet. */
export interface DraftOrder {
  resourceType: 'MedicationRequest';
  id: string;
  [element: string]: unknown;
}

/** Makes a draft of an order for a patient; `id` begins with `draft-`. */
export function draftOrder({ code, name, dosage }: Orderable, patient: string, id: string): DraftOrder {
  return {
    resourceType: 'MedicationRequest',
    id,
    status: 'draft',
    intent: 'order',
    medicationCodeableConcept: {
      coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code, display: name }],
      text: name,
    },
    subject: { reference: `Patient/${patient}` },
    dosageInstruction: [{ text: dosage }],
  };
}

/** The drug and dosage of a draft, in words. */
export function orderText(draft: DraftOrder): string {
  const { medicationCodeableConcept: concept, dosageInstruction: dosage } = draft as {
    medicationCodeableConcept?: { text?: string; coding?: { display?: string }[] };
    dosageInstruction?: { text?: string }[];
  };
  const name = concept?.text ?? concept?.coding?.[0]?.display ?? 'Medication';
  return [name, dosage?.[0]?.text].filter(Boolean).join(', ');
}
