import type {
  Appointment,
  Bundle,
  Condition,
  DiagnosticReport,
  Encounter,
  FhirResource,
  Immunization,
  MedicationRequest,
  Observation,
  Patient,
  Procedure,
} from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import type { ResourceIssue } from '#lib/fhir/validation/resource-issue.ts';
import { validateResource } from '#lib/fhir/validation/validation.ts';
import { generateSandboxData } from './generate.ts';

// A Wednesday afternoon, with odd seconds.
const now = new Date('2026-11-18T15:20:47.123Z');
const resourcesOf = (bundles: Iterable<Bundle>) =>
  [...bundles].flatMap((bundle) => bundle.entry?.flatMap((entry) => entry.resource ?? []) ?? []);
const generate = (seed: number, patients = 60, at = now) =>
  resourcesOf(generateSandboxData({ patients, seed, now: at })) as FhirResource[];

const first = generate(1);
/** Each resource as text, written once: the tests look for every patient in all of them. */
const texts = new Map(first.map((resource) => [resource, JSON.stringify(resource)]));
const ofType = <T extends FhirResource>(type: T['resourceType'], from = first) =>
  from.filter((resource) => resource.resourceType === type) as T[];
const about = <T extends FhirResource>(id: string, type: T['resourceType']) =>
  ofType<T>(type).filter((resource) => texts.get(resource)?.includes(`"Patient/${id}"`));
const codeOf = (resource: Observation | Condition | Procedure | DiagnosticReport) => resource.code?.coding?.[0]?.code;
const ageInYears = (patient: Patient) =>
  (now.getTime() - new Date(patient.birthDate ?? '').getTime()) / 86_400_000 / 365.25;

function interpret({ value, low, high }: { value: number; low: number; high: number }): string {
  if (value < low) {
    return 'L';
  }
  return value > high ? 'H' : 'N';
}

/** Every string inside `value` that the predicate accepts, with its path. */
function findStrings(value: unknown, accept: (text: string, path: string) => boolean, path = ''): [string, string][] {
  if (typeof value === 'string') {
    return accept(value, path) ? [[path, value]] : [];
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, child]) => findStrings(child, accept, `${path}.${key}`))
    : [];
}

/** Whether an issue counts: most profile definitions are not available here, and the validator warns of each. */
const isBroken = ({ diagnostics }: ResourceIssue) => !diagnostics.includes('is not at hand');

describe('all generated data', () => {
  it.each([1, 20_260_815])(
    'of seed %i is valid R4 and conforms to the profiles it claims, where their definitions are at hand',
    (seed) => {
      const issues = (seed === 1 ? first : generate(seed)).flatMap((resource) =>
        validateResource(resource)
          .filter(isBroken)
          .map((issue) => `${resource.resourceType}/${resource.id}: ${JSON.stringify(issue)}`),
      );
      expect(issues).toEqual([]);
    },
  );

  it('has unique, legal ids', () => {
    const urls = first.map((resource) => `${resource.resourceType}/${resource.id}`);
    expect(new Set(urls).size).toBe(urls.length);
    expect(urls.filter((url) => !/^[A-Za-z]+\/[A-Za-z0-9.-]{1,64}$/.test(url))).toEqual([]);
  });

  it('refers only to what it contains', () => {
    const urls = new Set(first.map((resource) => `${resource.resourceType}/${resource.id}`));
    const references = findStrings(first, (_, path) => path.endsWith('.reference'));
    expect(references.length).toBeGreaterThan(first.length);
    expect(references.filter(([, reference]) => !urls.has(reference))).toEqual([]);
  });

  it('is the same for the same options, byte by byte', () => {
    expect(JSON.stringify(generate(1))).toBe(JSON.stringify(first));
  });

  it('has other people for another seed', () => {
    const names = (from: FhirResource[]) =>
      ofType<Patient>('Patient', from)
        .slice(6)
        .map((patient) => JSON.stringify(patient.name));
    const other = names(generate(2));
    expect(names(first).filter((name, index) => name === other[index]).length).toBeLessThan(4);
  });

  it('gives patient n the same person however many there are', () => {
    const few = ofType<Patient>('Patient', generate(1, 12));
    expect(few).toEqual(ofType<Patient>('Patient').slice(0, 12));
  });

  it.each(['2026-11-18T15:20:47Z', '2026-11-22T00:05:00Z', '2028-02-29T23:59:59Z', '2027-01-01T00:00:00Z'])(
    'at %s holds nothing from the future but appointments, goals and plans',
    (at) => {
      const future = generate(3, 60, new Date(at))
        .filter(({ resourceType }) => !['Appointment', 'Goal', 'CarePlan'].includes(resourceType))
        .flatMap((resource) =>
          findStrings(
            resource,
            (text) => /^\d{4}-\d{2}-\d{2}(T[\d:]{8}Z)?$/.test(text) && new Date(text) > new Date(at),
          ),
        );
      expect(future).toEqual([]);
    },
  );

  it('holds nothing from before birth', () => {
    for (const patient of ofType<Patient>('Patient')) {
      const early = first
        .filter((resource) => texts.get(resource)?.includes(`"Patient/${patient.id}"`))
        .flatMap((resource) =>
          findStrings(
            resource,
            (text) => /^\d{4}-\d{2}-\d{2}/.test(text) && text.slice(0, 10) < (patient.birthDate ?? ''),
          ),
        );
      expect(early).toEqual([]);
    }
  });

  it('stays within the volume an embedded database imports quickly', () => {
    expect(first.length).toBeGreaterThan(4000);
    expect(first.length).toBeLessThan(60 * 110);
  });

  it('yields the hospital, then one bundle a patient', () => {
    const bundles = [...generateSandboxData({ patients: 3, seed: 1, now })];
    expect(bundles.map((bundle) => bundle.entry?.[0]?.resource?.resourceType)).toEqual([
      'Organization',
      'Patient',
      'Patient',
      'Patient',
    ]);
  });

  it.each([
    { patients: 0, seed: 1, now },
    { patients: 1.5, seed: 1, now },
    { patients: 3, seed: Number.NaN, now },
    { patients: 3, seed: 1, now: new Date('never') },
  ])('refuses %o', (options) => {
    expect(() => [...generateSandboxData(options)]).toThrow(RangeError);
  });
});

describe('the population', () => {
  const patients = ofType<Patient>('Patient');
  const ages = patients.map(ageInYears);

  it('covers all ages and both sexes', () => {
    expect(Math.min(...ages)).toBeLessThan(0.1);
    expect(Math.max(...ages)).toBeGreaterThan(94);
    expect(ages.filter((age) => age < 18).length).toBeGreaterThanOrEqual(9);
    expect(ages.filter((age) => age >= 18 && age < 65).length).toBeGreaterThanOrEqual(20);
    expect(ages.filter((age) => age >= 65).length).toBeGreaterThanOrEqual(9);
    const women = patients.filter(({ gender }) => gender === 'female').length;
    expect(women).toBeGreaterThan(60 * 0.3);
    expect(women).toBeLessThan(60 * 0.7);
  });

  it('covers all the kinds of resource a chart shows', () => {
    expect(new Set(first.map(({ resourceType }) => resourceType))).toEqual(
      new Set(
        'Organization Location Practitioner PractitionerRole Patient Encounter Condition AllergyIntolerance MedicationRequest Immunization Procedure Observation DiagnosticReport CarePlan CareTeam Goal DocumentReference Provenance Appointment'.split(
          ' ',
        ),
      ),
    );
  });

  it('has race, ethnicity, birth sex and record number on everyone', () => {
    for (const patient of patients) {
      const urls = patient.extension?.map(({ url }) => url.split('/').at(-1));
      expect(urls).toEqual(['us-core-race', 'us-core-ethnicity', 'us-core-birthsex']);
      expect(patient.identifier?.[0]?.value).toMatch(/^MRN-\d+$/);
    }
    const numbers = patients.map((patient) => patient.identifier?.[0]?.value);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('has problems that fit sex and age', () => {
    const many = generate(7, 400);
    const byId = new Map(ofType<Patient>('Patient', many).map((patient) => [`Patient/${patient.id}`, patient]));
    const sufferers = (code: string) =>
      ofType<Condition>('Condition', many)
        .filter((condition) => codeOf(condition) === code)
        .map((condition) => byId.get(condition.subject.reference ?? '') as Patient);
    expect(sufferers('266569009').every(({ gender }) => gender === 'male')).toBe(true);
    expect(sufferers('77386006').length).toBeGreaterThan(0);
    expect(sufferers('77386006').every((p) => p.gender === 'female' && ageInYears(p) > 19 && ageInYears(p) < 44)).toBe(
      true,
    );
    expect(sufferers('59621000').every((patient) => ageInYears(patient) >= 30)).toBe(true);
    expect(sufferers('59621000').length).toBeGreaterThan(40);
    expect(sufferers('65363002').every((patient) => ageInYears(patient) < 12)).toBe(true);
  });

  it('gives nobody a penicillin they are allergic to', () => {
    const many = generate(11, 300);
    const who = (type: 'MedicationRequest' | 'AllergyIntolerance', pattern: RegExp) =>
      many
        .filter((resource) => resource.resourceType === type)
        .flatMap((resource) => {
          const text =
            (resource as MedicationRequest).medicationCodeableConcept?.text ?? (resource as Condition).code?.text;
          const subject = (resource as MedicationRequest).subject ?? (resource as Immunization).patient;
          return pattern.test(text ?? '') ? [subject.reference] : [];
        });
    const allergic = new Set(who('AllergyIntolerance', /amoxicillin|penicillin/));
    expect(allergic.size).toBeGreaterThan(5);
    expect(who('MedicationRequest', /amoxicillin/).filter((reference) => allergic.has(reference))).toEqual([]);
  });
});

describe('measured values', () => {
  const observations = ofType<Observation>('Observation');
  const valuesAt = (encounter: string) =>
    new Map(
      observations
        .filter((observation) => observation.encounter?.reference === encounter)
        .map((observation) => [codeOf(observation), observation.valueQuantity?.value ?? Number.NaN]),
    );
  const encounters = [...new Set(observations.flatMap(({ encounter }) => encounter?.reference ?? []))].map(valuesAt);
  const withCode = (code: string) => encounters.filter((values) => values.has(code));
  const at = (values: Map<string | undefined, number>, code: string) => values.get(code) ?? Number.NaN;

  it('body mass index is weight over height squared', () => {
    expect(withCode('39156-5').length).toBeGreaterThan(100);
    for (const values of withCode('39156-5')) {
      expect(at(values, '39156-5')).toBeCloseTo(at(values, '29463-7') / (at(values, '8302-2') / 100) ** 2, 1);
    }
  });

  it('LDL follows Friedewald', () => {
    expect(withCode('13457-7').length).toBeGreaterThan(20);
    for (const values of withCode('13457-7')) {
      const expected = at(values, '2093-3') - at(values, '2085-9') - at(values, '2571-8') / 5;
      expect(Math.abs(at(values, '13457-7') - expected)).toBeLessThanOrEqual(0.5);
    }
  });

  it('the anion gap is compatible with life', () => {
    expect(withCode('2951-2').length).toBeGreaterThan(20);
    for (const values of withCode('2951-2')) {
      const gap = at(values, '2951-2') - at(values, '2075-0') - at(values, '2028-9');
      expect(gap).toBeGreaterThanOrEqual(8);
      expect(gap).toBeLessThanOrEqual(13);
    }
  });

  it('the red cell indices follow from hemoglobin, hematocrit and count', () => {
    expect(withCode('787-2').length).toBeGreaterThan(10);
    for (const values of withCode('787-2')) {
      expect(at(values, '787-2')).toBeCloseTo((at(values, '4544-3') * 10) / at(values, '789-8'), 1);
      expect(at(values, '786-4')).toBeCloseTo((at(values, '718-7') / at(values, '4544-3')) * 100, 1);
    }
  });

  it('interpretation says what value and reference range say', () => {
    const judged = observations
      .filter((observation) => observation.referenceRange)
      .map(({ valueQuantity, referenceRange, interpretation }) => ({
        value: valueQuantity?.value ?? Number.NaN,
        low: referenceRange?.[0]?.low?.value ?? Number.NEGATIVE_INFINITY,
        high: referenceRange?.[0]?.high?.value ?? Number.POSITIVE_INFINITY,
        code: interpretation?.[0]?.coding?.[0]?.code ?? '',
      }));
    expect(judged.length).toBeGreaterThan(500);
    expect(judged.filter((result) => result.code !== interpret(result))).toEqual([]);
    expect(new Set(judged.map(({ code }) => code))).toEqual(new Set(['L', 'N', 'H']));
  });

  it('children only grow', () => {
    const heights = about<Observation>('noah-nguyen', 'Observation')
      .filter((observation) => codeOf(observation) === '8302-2')
      .map((observation) => observation.valueQuantity?.value ?? 0);
    expect(heights.length).toBeGreaterThan(6);
    expect(heights).toEqual([...heights].sort((a, b) => a - b));
    expect(heights.at(-1)).toBeGreaterThan(112);
    expect(heights.at(-1)).toBeLessThan(136);
  });

  it('systolic pressure is above diastolic', () => {
    const pressures = observations.filter((observation) => codeOf(observation) === '85354-9');
    expect(pressures.length).toBeGreaterThan(80);
    for (const { component } of pressures) {
      const [systolic, diastolic] = component?.map(({ valueQuantity }) => valueQuantity?.value ?? 0) ?? [];
      expect((systolic ?? 0) - (diastolic ?? 0)).toBeGreaterThan(15);
    }
  });
});

describe('a diabetic woman of 54', () => {
  const id = 'maria-gonzalez';

  it('has what belongs to the disease', () => {
    expect(about<Condition>(id, 'Condition').map(codeOf)).toEqual(expect.arrayContaining(['44054006', '59621000']));
    const drugs = about<MedicationRequest>(id, 'MedicationRequest').map(
      (request) => request.medicationCodeableConcept?.text,
    );
    expect(drugs).toEqual(
      expect.arrayContaining([expect.stringContaining('metformin'), expect.stringContaining('lisinopril')]),
    );
    expect(about<Procedure>(id, 'Procedure').map(codeOf)).toContain('401191002');
    const a1c = about<Observation>(id, 'Observation').filter((observation) => codeOf(observation) === '4548-4');
    expect(a1c.length).toBeGreaterThanOrEqual(2);
    expect(a1c.every((observation) => (observation.valueQuantity?.value ?? 0) >= 6.3)).toBe(true);
    expect(about(id, 'CarePlan').length).toBeGreaterThan(0);
    expect(about(id, 'Goal').length).toBeGreaterThan(0);
  });

  it('has a note that can be read', () => {
    const [document] = about<FhirResource>(id, 'DocumentReference');
    const data = document?.resourceType === 'DocumentReference' ? document.content[0]?.attachment.data : undefined;
    const text = Buffer.from(data ?? '', 'base64').toString('utf8');
    expect(text).toContain('María Elena González');
    expect(text).toContain('Diabetes mellitus type 2');
  });
});

describe('Patient/BILIBABY', () => {
  const baby = ofType<Patient>('Patient').find(({ id }) => id === 'BILIBABY');
  const birth = new Date(baby?._birthDate?.extension?.[0]?.valueDateTime ?? '');
  const observations = about<Observation>('BILIBABY', 'Observation');
  const series = observations
    .filter((observation) => codeOf(observation) === '1975-2')
    .map((observation) => ({
      hours: (new Date(observation.effectiveDateTime ?? '').getTime() - birth.getTime()) / 3_600_000,
      value: observation.valueQuantity?.value ?? 0,
      unit: observation.valueQuantity?.code,
    }));

  it('is a girl about four days old', () => {
    expect(baby?.gender).toBe('female');
    expect((now.getTime() - birth.getTime()) / 3_600_000).toBeCloseTo(93, 1);
    expect(baby?.birthDate).toBe(birth.toISOString().slice(0, 10));
    expect(baby?.contact?.[0]?.name?.given).toEqual(['Anna']);
  });

  it('has bilirubin by the hour that rises into the high zone and falls under phototherapy', () => {
    expect(series.map(({ hours }) => hours)).toEqual([6, 12, 18, 24, 30, 36, 42, 48, 54, 60, 66, 72, 78, 84]);
    expect(new Set(series.map(({ unit }) => unit))).toEqual(new Set(['mg/dL']));
    const values = series.map(({ value }) => value);
    const peak = values.indexOf(Math.max(...values));
    expect(values.slice(0, peak + 1)).toEqual(values.slice(0, peak + 1).sort((a, b) => a - b));
    expect(values.slice(peak)).toEqual(values.slice(peak).sort((a, b) => b - a));
    expect(values[7]).toBeGreaterThan(13.2);
    const [light] = about<Procedure>('BILIBABY', 'Procedure');
    expect(light?.code?.text).toContain('Phototherapy');
    expect(new Date(light?.performedPeriod?.start ?? '').getTime()).toBeGreaterThan(birth.getTime() + 48 * 3_600_000);
  });

  it('has a report for every bilirubin, birth data and blood group', () => {
    const reports = about<DiagnosticReport>('BILIBABY', 'DiagnosticReport');
    expect(reports.filter((report) => codeOf(report) === '1975-2')).toHaveLength(14);
    expect(observations.map(codeOf)).toEqual(expect.arrayContaining(['76516-4', '8339-4', '882-1', '9272-6']));
    const [stay] = about<Encounter>('BILIBABY', 'Encounter');
    expect([stay?.status, stay?.class.code]).toEqual(['in-progress', 'IMP']);
  });
});

describe('the clinic’s book', () => {
  const appointments = ofType<Appointment>('Appointment');
  const perDay = Map.groupBy(appointments, ({ start }) => start?.slice(0, 10) ?? '');

  it('has several appointments on every weekday from two weeks ago to half a year ahead', () => {
    for (let offset = -14; offset <= 180; offset++) {
      const day = new Date(now.getTime() + offset * 86_400_000);
      const open = day.getUTCDay() % 6 !== 0;
      const booked = perDay.get(day.toISOString().slice(0, 10))?.length ?? 0;
      expect({ offset, enough: open ? booked >= 3 : booked === 0 }).toEqual({ offset, enough: true });
    }
  });

  it('books nobody twice at one time', () => {
    const keys = appointments.map(({ start, participant }) => `${start} ${participant[0]?.actor?.reference}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('has today’s patients done, in the room and to come', () => {
    const today = perDay.get('2026-11-18') ?? [];
    expect(today.length).toBeGreaterThanOrEqual(8);
    expect(today.some(({ status }) => status === 'booked')).toBe(true);
    expect(
      today.filter(({ start }) => (start ?? '') > '2026-11-18T15:40').every(({ status }) => status === 'booked'),
    ).toBe(true);
    expect(
      today.filter(({ end }) => (end ?? '') < '2026-11-18T15:20').some(({ status }) => status === 'fulfilled'),
    ).toBe(true);
    const encounters = ofType<Encounter>('Encounter').filter(({ period }) => period?.start?.startsWith('2026-11-18'));
    expect(encounters.some(({ status }) => status === 'finished')).toBe(true);
    expect(encounters.some(({ status }) => status === 'in-progress')).toBe(true);
  });

  it('has somebody in the hospital even at midnight on a Sunday', () => {
    const night = generate(1, 60, new Date('2026-11-22T00:05:00Z'));
    const present = ofType<Encounter>('Encounter', night).filter(
      ({ status }) => status === 'in-progress' || status === 'arrived',
    );
    expect(new Set(present.map((encounter) => encounter.class.code))).toEqual(new Set(['IMP', 'EMER']));
  });
});
