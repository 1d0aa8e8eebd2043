/** Everyday names for the content of resource types, where that is not the type's own name in the plural. */
const contents = new Map<string, string>(
  Object.entries<string>({
    AllergyIntolerance: 'allergies and intolerances',
    CarePlan: 'care plans',
    CareTeam: 'care teams',
    Claim: 'bills to an insurance',
    Condition: 'problems and diagnoses',
    Coverage: 'insurance',
    DiagnosticReport: 'reports of laboratories and imaging',
    DocumentReference: 'documents and notes',
    Encounter: 'visits and stays',
    ExplanationOfBenefit: 'bills and what the insurance paid',
    FamilyMemberHistory: 'illnesses in the family',
    Immunization: 'vaccinations',
    MedicationAdministration: 'medications given',
    MedicationDispense: 'medications handed out',
    MedicationRequest: 'prescriptions',
    MedicationStatement: 'medications taken',
    NutritionOrder: 'diets',
    Observation: 'measurements and laboratory results',
    Patient: 'name, birth date, address and other personal details',
    QuestionnaireResponse: 'answers to questionnaires',
    RelatedPerson: 'relatives and other contacts',
    ServiceRequest: 'orders and referrals',
  }),
);

/** Names for the parts of a type that a search parameter singles out, by `type parameter=code`. */
const parts = new Map<string, string>(
  Object.entries<string>({
    'Condition category=encounter-diagnosis': 'diagnoses of visits',
    'Condition category=health-concern': 'health concerns',
    'Condition category=problem-list-item': 'problems on the problem list',
    'DiagnosticReport category=LAB': 'laboratory reports',
    'DiagnosticReport category=RAD': 'imaging reports',
    'DocumentReference category=clinical-note': 'clinical notes',
    'Observation category=activity': 'records of physical activity',
    'Observation category=exam': 'findings of examinations',
    'Observation category=imaging': 'findings of imaging',
    'Observation category=laboratory': 'laboratory results',
    'Observation category=procedure': 'findings of procedures',
    'Observation category=sdoh': 'answers about living conditions',
    'Observation category=social-history': 'answers about habits and living conditions, such as smoking',
    'Observation category=survey': 'answers to questionnaires',
    'Observation category=therapy': 'findings during therapy',
    'Observation category=vital-signs': 'vital signs',
    'Observation code=29463-7': 'body weight',
    'Observation code=4548-4': 'long-term blood sugar (HbA1c)',
    'Observation code=8302-2': 'body height',
    'Observation code=8310-5': 'body temperature',
    'Observation code=85354-9': 'blood pressure',
    'Observation code=8867-4': 'heart rate',
  }),
);

/** The everyday name of a type's content: `medications handed out` for `MedicationDispense`. */
export function contentOf(resourceType: string): string {
  return contents.get(resourceType) ?? plural(resourceType);
}

/**
 * The name of the resources of a type that have one of these codes: `vital signs`; undefined when a code has no name.
 */
export function namedPart(resourceType: string, parameter: string, codes: readonly string[]): string | undefined {
  const names = codes.map((code) => parts.get(`${resourceType} ${parameter}=${code}`));
  return names.every((name) => name !== undefined) && names.length > 0 ? listOf(names) : undefined;
}

/** The words as a list in a sentence: `see, search and add`. */
export function listOf(words: readonly string[]): string {
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : (words[0] ?? '');
}

function plural(resourceType: string): string {
  const words = resourceType.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return words.endsWith('y') ? `${words.slice(0, -1)}ies` : words.endsWith('s') ? words : `${words}s`;
}
