import type { Coding } from 'fhir/r4';

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
const configuration = coding('110129', 'Security Configuration');
const attributes = coding('110137', 'User security Attributes Changed');

/** Events that are not FHIR interactions: the DICOM type of each, and its subtype where there is one. */
const ownEvents: Record<string, { type: Coding; subtype?: Coding }> = {
  chart: { type: patientRecord },
  lookup: { type: lookedUp },
  launch: { type: activity },
  'cds-hook': { type: disclosed },
  'cds-suggestion': { type: patientRecord },
  order: { type: patientRecord },
  encounter: { type: patientRecord },
  import: { type: brought },
  export: { type: disclosed },
  member: { type: alert, subtype: attributes },
  access: { type: alert, subtype: attributes },
  app: { type: alert, subtype: configuration },
  'cds-service': { type: alert, subtype: configuration },
  settings: { type: alert, subtype: configuration },
};

/** Codes of all events that are not FHIR interactions. */
export const ownEventCodes: readonly string[] = Object.keys(ownEvents);

/** AuditEvent.type: `rest` for a FHIR interaction, a DICOM code for one of our own events. */
export function auditType(interaction: string): Coding {
  const own = ownEvent(interaction);
  if (own) return own.type;
  const system = 'http://terminology.hl7.org/CodeSystem/audit-event-type';
  return { system, code: 'rest', display: 'RESTful Operation' };
}

/** AuditEvent.subtype: the FHIR interaction; or our own code (without a system) and the DICOM subtype, if any. */
export function auditSubtypes(interaction: string): Coding[] {
  const own = ownEvent(interaction);
  if (!own) return [{ system: restfulInteraction, code: interaction }];
  return [{ code: interaction }, ...(own.subtype ? [own.subtype] : [])];
}

function ownEvent(interaction: string) {
  return Object.hasOwn(ownEvents, interaction) ? ownEvents[interaction] : undefined;
}

function coding(code: string, display: string): Coding {
  return { system: dicom, code, display };
}
