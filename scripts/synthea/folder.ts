/**
 * Writes a folder like Synthea's: one transaction Bundle per patient, and hospitals and practitioners in separate
 * files.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundle, BundleEntry, FhirResource } from 'fhir/r4';
import { patientRecord } from '#prisma/seed/patient-record.ts';
import { hospitalBundle } from '#prisma/seed/resource/hospital.ts';
import { claimsOf } from './claims.ts';

export interface SyntheaFolder {
  /** Number of patient files. */
  bundles: number;
  /** Approximate number of resources in each patient file. */
  resourcesPerBundle?: number;
  seed?: number;
}

const now = new Date('2026-01-15T12:00:00Z');
const sharedTypes = new Set(['Organization', 'Practitioner', 'PractitionerRole', 'Location']);

/** Writes the files into `folder` and returns the number of resources and bytes; equal options give identical bytes. */
export function writeSyntheaFolder(folder: string, options: SyntheaFolder): { resources: number; bytes: number } {
  mkdirSync(folder, { recursive: true });
  const shared = (hospitalBundle().entry ?? []).flatMap(({ resource }) => (resource as FhirResource | undefined) ?? []);
  const written = { resources: 0, bytes: 0 };
  const write = (name: string, type: Bundle['type'], resources: FhirResource[]) => {
    const bundle: Bundle = { resourceType: 'Bundle', type, entry: asEntries(name, resources) };
    const text = JSON.stringify(bundle, undefined, 2);
    writeFileSync(join(folder, name), text);
    written.resources += resources.length;
    written.bytes += text.length;
  };
  const isStaff = ({ resourceType }: FhirResource) => resourceType.startsWith('Practitioner');
  const places = shared.filter((resource) => !isStaff(resource));
  write('hospitalInformation1767225600000.json', 'batch', places);
  write('practitionerInformation1767225600000.json', 'batch', shared.filter(isStaff));
  for (let number = 1; number <= options.bundles; number++) {
    write(`Person${number}_Family${number}_${uuid(`file ${number}`)}.json`, 'transaction', recordOf(number, options));
  }
  return written;
}

/**
 * Merges the records of several generated people into one patient's, because one person's is shorter than Synthea's.
 */
function recordOf(number: number, { resourcesPerBundle = 316, seed = 7 }: SyntheaFolder): FhirResource[] {
  const record: FhirResource[] = [];
  const patient = `p${number}-0`;
  for (let part = 0; record.length < resourcesPerBundle; part++) {
    const person = 100 + number * 10 + part;
    const resources = patientRecord(person, { patients: 1_000_000, seed, now });
    const [own] = resources;
    const kept = part === 0 ? resources : resources.filter(({ resourceType }) => resourceType !== 'Patient');
    const moved = JSON.stringify([...kept, ...claimsOf(kept)])
      .replaceAll(`"Patient/${own?.id}"`, `"Patient/${patient}"`)
      .replaceAll(`"id":"${own?.id}"`, `"id":"${patient}"`);
    record.push(...(JSON.parse(moved) as FhirResource[]));
  }
  return record;
}

function asEntries(file: string, resources: FhirResource[]): BundleEntry[] {
  const inner = new Map(
    resources.map(({ resourceType, id }) => [`${resourceType}/${id}`, uuid(`${file} ${resourceType}/${id}`)]),
  );
  return resources.map((resource) => {
    const id = inner.get(`${resource.resourceType}/${resource.id}`) ?? '';
    const linked = JSON.parse(
      JSON.stringify(resource).replaceAll(
        /"reference":"(([A-Za-z]+)\/[^"]+)"/g,
        (_, reference: string, type: string) => {
          const own = inner.get(reference);
          return `"reference":"${own ? `urn:uuid:${own}` : conditional(type, reference)}"`;
        },
      ),
    ) as FhirResource;
    const request = { method: 'POST' as const, url: resource.resourceType };
    return { fullUrl: `urn:uuid:${id}`, resource: { ...linked, id } as FhirResource, request };
  });
}

/** A reference by identifier, as Synthea uses for resources in other files. */
function conditional(type: string, reference: string): string {
  if (!sharedTypes.has(type)) return reference;
  const id = reference.slice(type.length + 1);
  const kind = { Practitioner: 'staff', PractitionerRole: 'staff-role' }[type] ?? type.toLowerCase();
  const value = type === 'PractitionerRole' ? id.replace(/-role$/, '') : id;
  return `${type}?identifier=https://lakeside.example/identifiers/${kind}|${value}`;
}

function uuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
