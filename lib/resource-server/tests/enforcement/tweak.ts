import type { Made } from './made.ts';
import type { Chance } from './random.ts';
import { ids, names, type Type, tokens } from './vocabulary.ts';

/** A small change of a resource, as a JSON Patch and as the function with the same effect. */
export interface Tweak {
  patch: { op: string; path: string; value: unknown }[];
  applied: (made: Made) => Made;
}

export function randomTweak(chance: Chance, type: Type): Tweak {
  return chance.pick(tweaks[type])(chance);
}

type Make = (chance: Chance) => Tweak;

/** Another value of an element that is a code. */
function code(type: Type, element: string): Make {
  return (chance) => {
    const token = chance.pick(tokens[type]?.[element] ?? []);
    const value = token.split('|')[1];
    return {
      patch: [{ op: 'replace', path: `/${element}`, value }],
      applied: (made) => ({
        ...made,
        tokens: { ...made.tokens, [element]: [token] },
        resource: { ...made.resource, [element]: value },
      }),
    };
  };
}

/** Another patient: out of one compartment, into another. */
const subject: Make = (chance) => {
  const reference = `Patient/${chance.pick(ids.Patient)}`;
  return {
    patch: [{ op: 'add', path: '/subject', value: { reference } }],
    applied: (made) => ({
      ...made,
      references: { ...made.references, subject: [reference], patient: [reference] },
      foreign: { ...made.foreign, subject: [] },
      identified: made.identified.filter((one) => !one.startsWith('subject ')),
      resource: { ...made.resource, subject: { reference } },
    }),
  };
};

/** One more patient, and so one more compartment. */
const actor: Make = (chance) => {
  const reference = `Patient/${chance.pick(ids.Patient)}`;
  const value = { actor: { reference }, status: 'accepted' };
  return {
    patch: [{ op: 'add', path: '/participant/-', value }],
    applied: (made) => {
      const { actor: actors = [], patient = [] } = made.references;
      const participant = [...(made.resource.participant as unknown[]), value];
      const references = { ...made.references, actor: [...actors, reference], patient: [...patient, reference] };
      return { ...made, references, resource: { ...made.resource, participant } };
    },
  };
};

function family(path: string, elements: (value: string) => object, parameters: string[]): Make {
  return (chance) => {
    const value = chance.pick(names);
    const strings = Object.fromEntries(parameters.map((parameter) => [parameter, [value]]));
    return {
      patch: [{ op: 'replace', path, value }],
      applied: (made) => ({ ...made, strings, resource: { ...made.resource, ...elements(value) } }),
    };
  };
}

const person = family('/name/0/family', (value) => ({ name: [{ family: value }] }), ['name', 'family']);

/** An element of the Patient that the hospital assigns. */
const assigned: Make = (chance) => {
  const [element, value] = chance.pick([
    ['identifier', [{ system: 'http://example.org/mrn', value: 'next' }]],
    ['active', false],
    ['active', true],
  ] as const);
  return {
    patch: [{ op: 'add', path: `/${element}`, value }],
    applied: (made) => ({ ...made, resource: { ...made.resource, [element]: value } }),
  };
};

const tweaks: Record<Type, Make[]> = {
  Patient: [code('Patient', 'gender'), person, assigned],
  Practitioner: [person],
  Organization: [family('/name', (name) => ({ name }), ['name'])],
  Encounter: [code('Encounter', 'status'), subject],
  Observation: [code('Observation', 'status'), subject],
  Condition: [subject],
  Appointment: [actor],
  MedicationRequest: [code('MedicationRequest', 'status'), subject],
};
