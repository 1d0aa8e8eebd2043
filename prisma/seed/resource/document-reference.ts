import type { Coding, DocumentReference, Encounter } from 'fhir/r4';
import { concept } from '../codes/coding.ts';
import { claims, usCoreCategory } from '../codes/us-core.ts';
import type { Chart } from '../person/chart.ts';
import { subjectOf } from '../person/chart.ts';
import { isoTime } from '../value/calendar.ts';
import { hospital, identifierBase } from './hospital.ts';

export interface NotePlan {
  type: Coding;
  date: Date;
  encounter: Encounter & { id: string };
  /** Plain text. */
  text: string;
}

/** Files a clinical note with its plain text embedded. */
export function fileNote(chart: Chart, plan: NotePlan): void {
  const data = Buffer.from(plan.text, 'utf8');
  chart.file<DocumentReference>({
    resourceType: 'DocumentReference',
    meta: claims('documentreference'),
    identifier: [{ system: `${identifierBase}/document`, value: `${chart.person.id}-${chart.resources.length}` }],
    status: 'current',
    docStatus: 'final',
    type: concept(plan.type),
    category: [usCoreCategory('us-core-documentreference-category', 'clinical-note', 'Clinical Note')],
    subject: subjectOf(chart),
    date: isoTime(plan.date),
    author: [chart.clinician],
    custodian: hospital,
    content: [
      {
        attachment: {
          contentType: 'text/plain; charset=utf-8',
          language: 'en-US',
          data: data.toString('base64'),
          size: data.byteLength,
          title: plan.type.display,
          creation: isoTime(plan.date),
        },
        format: {
          system: 'http://ihe.net/fhir/ihe.formatcode.fhir/CodeSystem/formatcode',
          code: 'urn:ihe:iti:xds:2017:mimeTypeSufficient',
          display: 'mimeType Sufficient',
        },
      },
    ],
    context: { encounter: [{ reference: `Encounter/${plan.encounter.id}` }], period: plan.encounter.period },
  });
}
