/** An element of a resource that may name patients and so put it into their compartments. */
interface Place {
  /** The parameters of the patient compartment that find it. */
  parameters: string[];
  /** Whether it may name several patients. */
  many?: boolean;
  /** The resource's elements when it names these patients. */
  of: (references: Reference[]) => object;
}

interface Reference {
  reference: string;
}

interface Body {
  /** What a valid resource of the type has beside. */
  required: object;
  places: Place[];
  /** The place that tells whom the resource is about, by position. */
  about: number;
}

const text = (value: string) => ({ text: value });
const elsewhere = (type: string) => ({ reference: `${type}/elsewhere` });
const one = (element: string, ...parameters: string[]): Place => ({
  parameters: parameters.length > 0 ? parameters : [element],
  of: ([first]) => (first ? { [element]: first } : {}),
});
const many = (parameter: string, of: Place['of']): Place => ({
  parameters: [parameter],
  many: true,
  of: (references) => (references.length > 0 ? of(references) : {}),
});
const list = (element: string, parameter = element) => many(parameter, (found) => ({ [element]: found }));
const about = (required: object, ...places: Place[]): Body => ({ required, places, about: 0 });

const billed = {
  status: 'active',
  type: text('x'),
  use: 'claim',
  created: '2024-01-01',
  provider: elsewhere('Practitioner'),
};
const payee: Place = {
  parameters: ['payee'],
  of: ([party]) => (party ? { payee: { type: text('x'), party } } : {}),
};
const clinicalStatus = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }],
};
const insurance = [{ sequence: 1, focal: true, coverage: elsewhere('Coverage') }];
const performers = many('performer', (found) => ({ performer: found.map((actor) => ({ actor })) }));
const medicationCodeableConcept = text('x');

/** What these bodies refer to that lies in a compartment: Emma's. */
export const hersElsewhere = [
  {
    resourceType: 'Coverage',
    id: 'elsewhere',
    status: 'active',
    beneficiary: { reference: 'Patient/E' },
    payor: [elsewhere('Organization')],
  },
  {
    resourceType: 'DocumentReference',
    id: 'elsewhere',
    status: 'current',
    subject: { reference: 'Patient/E' },
    content: [{ attachment: { url: 'https://documents.example/1' } }],
  },
  { resourceType: 'Task', id: 'elsewhere', status: 'requested', intent: 'order', for: { reference: 'Patient/E' } },
];

/** A minimal body for each type with several parameters in the patient compartment; the first place is `about`. */
export const bodies: Record<string, Body> = {
  AllergyIntolerance: about(
    { code: text('Penicillin'), clinicalStatus },
    one('patient'),
    one('recorder'),
    one('asserter'),
  ),
  Basic: about({ code: text('x') }, one('subject', 'patient'), one('author')),
  CarePlan: about(
    { status: 'active', intent: 'plan' },
    one('subject', 'patient'),
    many('performer', (performer) => ({ activity: [{ detail: { status: 'scheduled', performer } }] })),
  ),
  CareTeam: about(
    {},
    one('subject', 'patient'),
    many('participant', (found) => ({ participant: found.map((member) => ({ member })) })),
  ),
  Claim: about({ ...billed, priority: text('x'), insurance }, one('patient'), payee),
  Communication: about({ status: 'completed' }, one('subject'), one('sender'), list('recipient')),
  CommunicationRequest: about({ status: 'active' }, one('subject'), one('sender'), list('recipient'), one('requester')),
  Composition: about(
    { status: 'final', type: text('x'), date: '2024-01-01', title: 'x', author: [elsewhere('Practitioner')] },
    one('subject'),
    list('author'),
    many('attester', (found) => ({ attester: found.map((party) => ({ mode: 'legal', party })) })),
  ),
  Condition: about({ code: text('x') }, one('subject', 'patient'), one('asserter')),
  Coverage: about(
    { status: 'active', payor: [elsewhere('Organization')] },
    one('beneficiary'),
    one('policyHolder', 'policy-holder'),
    one('subscriber'),
    list('payor'),
  ),
  DeviceRequest: about({ intent: 'order', codeCodeableConcept: text('x') }, one('subject'), one('performer')),
  DocumentManifest: about(
    { status: 'current', content: [elsewhere('DocumentReference')] },
    one('subject'),
    list('author'),
    list('recipient'),
  ),
  DocumentReference: about(
    { status: 'current', content: [{ attachment: { url: 'https://documents.example/1' } }] },
    one('subject'),
    list('author'),
  ),
  ExplanationOfBenefit: about(
    {
      ...billed,
      insurer: elsewhere('Organization'),
      outcome: 'complete',
      insurance: [{ ...insurance[0], sequence: undefined }],
    },
    one('patient'),
    payee,
  ),
  Invoice: about({ status: 'issued' }, one('subject', 'subject', 'patient'), one('recipient')),
  List: about({ status: 'current', mode: 'working' }, one('subject'), one('source')),
  MedicationAdministration: about(
    { status: 'completed', medicationCodeableConcept, effectiveDateTime: '2024-01-01' },
    one('subject', 'subject', 'patient'),
    performers,
  ),
  MedicationDispense: about(
    { status: 'completed', medicationCodeableConcept },
    one('subject', 'subject', 'patient'),
    list('receiver'),
  ),
  Observation: about({ status: 'final', code: text('x') }, one('subject'), list('performer')),
  Procedure: about({ status: 'completed' }, one('subject', 'patient'), performers),
  QuestionnaireResponse: about({ status: 'completed' }, one('subject'), one('author')),
  RequestGroup: about(
    { status: 'active', intent: 'plan' },
    one('subject'),
    many('participant', (participant) => ({ action: [{ participant, resource: elsewhere('Task') }] })),
  ),
  ServiceRequest: about({ status: 'active', intent: 'order' }, one('subject'), list('performer')),
  Task: about({ status: 'requested', intent: 'order' }, one('for', 'patient'), one('focus')),
};
