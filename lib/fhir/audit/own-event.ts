import type { Coding } from 'fhir/r4';
import type { AuditRecord } from './record.ts';

/** Code system of FHIR's own interactions. */
export const restfulInteraction = 'http://hl7.org/fhir/restful-interaction';
const dicom = 'http://dicom.nema.org/resources/ontology/DCM';

/**
 * DICOM codes for the kinds of event, and for what was changed.
 * @see https://hl7.org/fhir/R4/valueset-audit-event-type.html
 */
const activity = coding('110100', 'Application Activity');
const disclosed = coding('110106', 'Export');
const brought = coding('110107', 'Import');
const patientRecord = coding('110110', 'Patient Record');
const lookedUp = coding('110112', 'Query');
const alert = coding('110113', 'Security Alert');
const authentication = coding('110114', 'User Authentication');
const login = coding('110122', 'Login');
const logout = coding('110123', 'Logout');
const node = coding('110126', 'Node Authentication');
const configuration = coding('110129', 'Security Configuration');
const software = coding('110131', 'Software Configuration');
const stopped = coding('110133', 'Audit Recording Stopped');
const attributes = coding('110137', 'User security Attributes Changed');
/** IHE's transaction in which an app gets an access token. @see https://profiles.ihe.net/ITI/IUA/ */
const getToken = { system: 'urn:ihe:event-type-code', code: 'ITI-71', display: 'Get Access Token' };

/** Why something is done, where its kind says so. @see https://hl7.org/fhir/R4/v3/PurposeOfUse/vs.html */
const treatment = purpose('TREAT', 'treatment');
const administration = purpose('HSYSADMIN', 'health system administration');
const patientRequest = purpose('PATRQT', 'patient requested');

interface OwnEvent {
  type: Coding;
  subtype?: Coding;
  purpose?: Coding;
  /** An event that an attack leaves behind, which many uses of the sandbox must not push out of the log. */
  security?: true;
}

/** What an administrator changed, and who may do what. */
const configured: OwnEvent = { type: alert, subtype: configuration, purpose: administration, security: true };
const shaped: OwnEvent = { ...configured, subtype: software };
const entitled: OwnEvent = { ...configured, subtype: attributes };

/** Events that are not FHIR interactions: the DICOM type of each, and its subtype where there is one. */
const ownEvents: Record<string, OwnEvent> = {
  chart: { type: patientRecord, purpose: treatment },
  lookup: { type: lookedUp },
  launch: { type: activity },
  'cds-hook': { type: disclosed, purpose: treatment },
  'cds-suggestion': { type: patientRecord, purpose: treatment },
  'cds-override': { type: activity },
  order: { type: patientRecord, purpose: treatment },
  encounter: { type: patientRecord, purpose: treatment },
  import: { type: brought, purpose: administration, security: true },
  export: { type: disclosed, purpose: administration, security: true },
  member: entitled,
  invitation: { type: alert, subtype: attributes, security: true },
  access: { type: alert, subtype: attributes, security: true },
  consent: { type: alert, subtype: attributes, security: true },
  token: { type: authentication, subtype: getToken },
  'client-authentication': { type: authentication, subtype: node, security: true },
  app: configured,
  keys: configured,
  registration: configured,
  'cds-service': configured,
  settings: configured,
  sandbox: configured,
  brand: shaped,
  scenario: shaped,
  'sign-in': { type: authentication, subtype: login, security: true },
  'sign-out': { type: authentication, subtype: logout, security: true },
  password: { type: alert, subtype: attributes, security: true },
  'left-out': { type: activity, subtype: stopped },
};

/** Codes of all events that are not FHIR interactions. */
export const ownEventCodes: readonly string[] = Object.keys(ownEvents);

/** Codes of the events about security, which have a share of the log of their own. */
export const securityCodes: readonly string[] = ownEventCodes.filter((code) => ownEvents[code]?.security);

/** AuditEvent.type: `rest` for a FHIR interaction, a DICOM code for one of our own events. */
export function auditType(interaction: string): Coding {
  const own = ownEvent(interaction);
  if (own) return own.type;
  const system = 'http://terminology.hl7.org/CodeSystem/audit-event-type';
  return { system, code: 'rest', display: 'RESTful Operation' };
}

/** AuditEvent.subtype: the FHIR interaction; or our own code (without a system) and the standard one, if any. */
export function auditSubtypes(interaction: string): Coding[] {
  const own = ownEvent(interaction);
  if (!own) return [{ system: restfulInteraction, code: interaction }];
  return [{ code: interaction }, ...(own.subtype ? [own.subtype] : [])];
}

/**
 * AuditEvent.purposeOfEvent, where the kind of event tells it. What an app wants with its requests is unknown; patients
 * who open charts look at their own record.
 */
export function auditPurpose({ interaction, fhirUser }: AuditRecord): Coding | undefined {
  const told = ownEvent(interaction)?.purpose;
  return told === treatment && fhirUser?.startsWith('Patient/') ? patientRequest : told;
}

function ownEvent(interaction: string): OwnEvent | undefined {
  return Object.hasOwn(ownEvents, interaction) ? ownEvents[interaction] : undefined;
}

function coding(code: string, display: string): Coding {
  return { system: dicom, code, display };
}

function purpose(code: string, display: string): Coding {
  return { system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code, display };
}
