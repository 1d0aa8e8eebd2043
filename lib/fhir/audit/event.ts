import type { AuditEvent, AuditEventAgent, AuditEventEntity, AuditEventEntityDetail, Coding } from 'fhir/r4';
import { withoutUndefined } from '../json/without-undefined.ts';
import { auditPurpose, auditSubtypes, auditType } from './own-event.ts';
import type { AuditRecord } from './record.ts';

/** The agent named in an AuditEvent when a request came from the EHR's own pages instead of an app. */
export const ownPages = 'ehr';

/**
 * Turns an audit record into an AuditEvent, following IHE's Basic Audit Log Patterns; `base` is the sandbox's FHIR base
 * URL, `site` its name in URLs.
 * @see https://hl7.org/fhir/R4/auditevent.html
 */
export function auditEvent(record: AuditRecord, { base, site }: { base: string; site: string }): AuditEvent {
  const recorded = record.recorded.toISOString();
  const purpose = auditPurpose(record);
  return {
    resourceType: 'AuditEvent',
    id: record.id,
    meta: { versionId: '1', lastUpdated: recorded },
    type: auditType(record.interaction),
    subtype: auditSubtypes(record.interaction),
    action: record.action,
    recorded,
    outcome: `${record.outcome}`,
    outcomeDesc: `HTTP ${record.status}`,
    ...(purpose ? { purposeOfEvent: [{ coding: [purpose] }] } : {}),
    agent: agentsOf(record),
    source: {
      site,
      observer: { identifier: { value: base }, display: 'EHR sandbox' },
      type: [coding('http://terminology.hl7.org/CodeSystem/security-source-type', '4', 'Application Server')],
    },
    entity: [...patientsOf(record), requestOf(record), ...resourcesOf(record), ...requestIdOf(record)],
  };
}

const dicom = 'http://dicom.nema.org/resources/ontology/DCM';

const source = coding(dicom, '110153', 'Source Role ID');
const destination = coding(dicom, '110152', 'Destination Role ID');

/**
 * The agents of an event: the app that sent the request (or received the data, for CDS Hooks) and the person it acted
 * for.
 */
function agentsOf(record: AuditRecord): AuditEventAgent[] {
  const { interaction, clientId = ownPages, username, fhirUser, grantId, address } = record;
  const isTold = interaction === 'cds-hook';
  const app: AuditEventAgent = withoutUndefined({
    type: { coding: [isTold ? destination : source] },
    who: { identifier: { value: clientId } },
    altId: clientId,
    name: clientId,
    requestor: username === undefined,
    policy: grantId ? [`urn:grant:${encodeURIComponent(grantId)}`] : undefined,
    // What a CDS service is told of goes out: the address is that of the person who opened the chart.
    network: isTold ? undefined : networkOf(address),
  });
  if (username === undefined) return [app];
  const person: AuditEventAgent = withoutUndefined({
    type: {
      coding: [coding('http://terminology.hl7.org/CodeSystem/v3-ParticipationType', 'IRCP', 'information recipient')],
    },
    who: fhirUser ? { reference: fhirUser } : { display: username },
    altId: username,
    name: username,
    requestor: true,
    network: isTold ? networkOf(address) : undefined,
  });
  return [app, person];
}

/** Network access point type 2 is an IP address. @see https://hl7.org/fhir/R4/valueset-network-type.html */
function networkOf(address: string | undefined): AuditEventAgent['network'] {
  return address === undefined ? undefined : { address, type: '2' };
}

function patientsOf({ patients }: AuditRecord): AuditEventEntity[] {
  return patients.map((patient) => ({
    what: { reference: `Patient/${patient}` },
    type: entityType('1', 'Person'),
    role: entityRole('1', 'Patient'),
  }));
}

function resourcesOf({ entities, patients }: AuditRecord): AuditEventEntity[] {
  const named = new Set(patients.map((patient) => `Patient/${patient}`));
  return entities
    .filter((reference) => !named.has(reference))
    .map((reference) => ({
      what: { reference },
      type: entityType('2', 'System Object'),
      role: entityRole('4', 'Domain Resource'),
    }));
}

/** The request exactly as sent, with the number of patients and resources it touched. */
function requestOf(record: AuditRecord): AuditEventEntity {
  const { method, path, query, patientsAll, entitiesAll, repeated = 1 } = record;
  const target = query ? `${path}?${query}` : path;
  const detail = (type: string, count: number): AuditEventEntityDetail => ({ type, valueString: String(count) });
  return {
    type: entityType('2', 'System Object'),
    role: entityRole('24', 'Query'),
    description: `${method} ${target}`,
    query: Buffer.from(target).toString('base64'),
    detail: [
      detail('patients', patientsAll),
      detail('resources', entitiesAll),
      ...(repeated > 1 ? [detail('events', repeated)] : []),
    ],
  };
}

function requestIdOf({ requestId }: AuditRecord): AuditEventEntity[] {
  if (!requestId) return [];
  const system = 'https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType';
  return [{ what: { identifier: { value: requestId } }, type: { system, code: 'XrequestId' } }];
}

function entityType(code: string, display: string): Coding {
  return coding('http://terminology.hl7.org/CodeSystem/audit-entity-type', code, display);
}

function entityRole(code: string, display: string): Coding {
  return coding('http://terminology.hl7.org/CodeSystem/object-role', code, display);
}

function coding(system: string, code: string, display: string): Coding {
  return { system, code, display };
}
