import { coding, day, type Elsewhere, emptyMade, type Made, note, pointer, tagged } from './made.ts';
import type { Chance } from './random.ts';
import { ids, names, type Type, tokens } from './vocabulary.ts';

/** Fills in the elements that are particular to a type. */
type Maker = (make: Making) => void;

interface Making {
  chance: Chance;
  made: Made;
  elsewhere: Elsewhere;
}

/** A random resource of `type` under `id`. */
export function makeResource(chance: Chance, elsewhere: Elsewhere, type: Type, id: string): Made {
  const made = emptyMade(type, id);
  made.resource = { resourceType: type, id };
  tagged(chance, made);
  if (chance.happens(0.1)) extend({ chance, made, elsewhere });
  makers[type]({ chance, made, elsewhere });
  return made;
}

function token({ chance, made }: Making, parameter: string) {
  return coding(made, parameter, chance.pick(tokens[made.type]?.[parameter] ?? ['|x']));
}

/** References to one of the resources of `type`, noted under `parameters`. */
function point({ chance, made, elsewhere }: Making, type: Type, parameters: Record<string, string | undefined>) {
  const id = type === 'Patient' && made.type === 'Patient' ? chance.pick(['P1', 'P2', 'P3']) : chance.pick(ids[type]);
  return note(made, parameters, [pointer(chance, elsewhere, type, id)])[0];
}

/** A Patient as subject, or something that nobody's compartment knows. */
function subject(making: Making): unknown {
  if (making.chance.happens(0.15)) {
    const reference = 'Group/g';
    return note(making.made, { subject: undefined }, [{ json: { reference }, local: reference }])[0];
  }
  return point(making, 'Patient', { subject: undefined, patient: 'Patient' });
}

function name({ chance, made }: Making, parameters: string[]): string {
  const family = chance.pick(names);
  for (const parameter of parameters) made.strings[parameter] = [family];
  return family;
}

const makers: Record<Type, Maker> = {
  Patient: (making) => {
    const { chance, made } = making;
    Object.assign(made.resource, {
      name: [{ family: name(making, ['name', 'family']) }],
      gender: token(making, 'gender').code,
    });
    if (chance.happens(0.7)) made.resource.birthDate = day(chance, made, 'birthdate');
    if (chance.happens(0.5))
      made.resource.identifier = [{ system: 'http://example.org/mrn', value: chance.pick(['1', '2']) }];
    if (chance.happens(0.3)) made.resource.active = chance.happens(0.5);
    if (chance.happens(0.5)) {
      const other = point(making, 'Patient', { link: undefined });
      made.resource.link = [{ other, type: chance.pick(['seealso', 'replaced-by', 'replaces']) }];
    }
    const doctor = chance.pick(['Practitioner', 'Organization'] as const);
    if (chance.happens(0.7))
      made.resource.generalPractitioner = [point(making, doctor, { 'general-practitioner': undefined })];
    if (chance.happens(0.5))
      made.resource.managingOrganization = point(making, 'Organization', { organization: undefined });
  },
  Practitioner: (making) => {
    making.made.resource.name = [{ family: name(making, ['name', 'family']) }];
  },
  Organization: (making) => {
    making.made.resource.name = name(making, ['name']);
    if (making.chance.happens(0.5)) making.made.resource.partOf = point(making, 'Organization', { partof: undefined });
  },
  Encounter: (making) => {
    const { chance, made } = making;
    Object.assign(made.resource, {
      status: token(making, 'status').code,
      class: token(making, 'class'),
      subject: subject(making),
    });
    if (chance.happens(0.6)) {
      const individual = point(making, 'Practitioner', { participant: undefined, practitioner: 'Practitioner' });
      made.resource.participant = [{ individual }];
    }
    if (chance.happens(0.4))
      made.resource.serviceProvider = point(making, 'Organization', { 'service-provider': undefined });
    if (chance.happens(0.6)) made.resource.period = { start: day(chance, made, 'date'), end: '2024-01-01' };
    for (const span of made.dates.date ?? []) span[1] = Date.UTC(2024, 0, 2);
  },
  Observation: (making) => {
    const { chance, made } = making;
    const category = chance.some(2, () => ({ coding: [token(making, 'category')] }), 1);
    Object.assign(made.resource, {
      status: token(making, 'status').code,
      code: { coding: [token(making, 'code')] },
      category,
    });
    if (chance.happens(0.95)) made.resource.subject = subject(making);
    if (chance.happens(0.5)) {
      const any = () => chance.pick(['Patient', 'Patient', 'Practitioner', 'Organization'] as const);
      made.resource.performer = chance.some(3, () => point(making, any(), { performer: undefined }), 1);
    }
    if (chance.happens(0.5)) made.resource.encounter = point(making, 'Encounter', { encounter: undefined });
    if (chance.happens(0.3)) made.resource.hasMember = [point(making, 'Observation', { 'has-member': undefined })];
    if (chance.happens(0.8)) made.resource.effectiveDateTime = day(chance, made, 'date');
    if (chance.happens(0.2)) contain(making);
    made.numbers['value-quantity'] = [chance.below(10)];
    made.resource.valueQuantity = { value: made.numbers['value-quantity'][0] };
  },
  Condition: (making) => {
    const { chance, made } = making;
    Object.assign(made.resource, { code: { coding: [token(making, 'code')] }, subject: subject(making) });
    if (chance.happens(0.5)) made.resource.encounter = point(making, 'Encounter', { encounter: undefined });
    const type = chance.pick(['Patient', 'Practitioner'] as const);
    if (chance.happens(0.5)) made.resource.asserter = point(making, type, { asserter: undefined });
  },
  Appointment: (making) => {
    const { chance, made } = making;
    const actors = { actor: undefined, patient: 'Patient', practitioner: 'Practitioner' };
    const participant = chance.some(
      3,
      () => {
        const actor = point(making, chance.pick(['Patient', 'Patient', 'Practitioner'] as const), actors);
        return { actor, status: 'accepted' };
      },
      1,
    );
    Object.assign(made.resource, { status: token(making, 'status').code, participant });
    if (!made.tokens.status?.includes('|booked')) return;
    made.dates.date = [[Date.UTC(2024, 0, 1, 10), Date.UTC(2024, 0, 1, 10) + 1000]];
    Object.assign(made.resource, { start: '2024-01-01T10:00:00Z', end: '2024-01-01T11:00:00Z' });
  },
  MedicationRequest: (making) => {
    const { chance, made } = making;
    const medicationCodeableConcept = { coding: [token(making, 'code')] };
    Object.assign(made.resource, {
      status: token(making, 'status').code,
      intent: 'order',
      medicationCodeableConcept,
      subject: subject(making),
    });
    if (chance.happens(0.5)) made.resource.encounter = point(making, 'Encounter', { encounter: undefined });
    const type = chance.pick(['Patient', 'Practitioner', 'Organization'] as const);
    if (chance.happens(0.5)) made.resource.requester = point(making, type, { requester: undefined });
    if (chance.happens(0.7)) made.resource.authoredOn = day(chance, made, 'authoredon');
  },
};

/** Contained resources may refer to any patient: they belong to no compartment and are not found by any search. */
function contain({ chance, made }: Making): void {
  const reference = `Patient/${chance.pick(ids.Patient)}`;
  made.resource.contained = [{ resourceType: 'Condition', id: 'inside', subject: { reference } }];
  made.resource.focus = [{ reference: '#inside' }];
  made.inside.push(`contained ${reference}`);
}

/** Extensions may refer to anything. */
function extend({ chance, made, elsewhere }: Making): void {
  const type = chance.pick(['Patient', 'Observation', 'Encounter', 'Practitioner', 'Organization'] as const);
  const { json, local, identified } = pointer(chance, elsewhere, type, chance.pick([...ids[type], 'nowhere']));
  made.resource.extension = [{ url: 'http://example.org/about', valueReference: json }];
  if (local) made.inside.push(`extension ${local}`);
  if (identified) made.identified.push(`extension ${identified}`);
}
