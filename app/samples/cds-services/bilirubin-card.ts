import { type CoursePoint, isPlottable } from '../bilirubin-chart/course.ts';
import { type Zone, zoneNames } from '../bilirubin-chart/nomogram.ts';

const indicators: Record<Zone, 'info' | 'warning' | 'critical'> = {
  low: 'info',
  'low-intermediate': 'info',
  'high-intermediate': 'warning',
  high: 'critical',
};

const reasons = [
  { code: 'treated', display: 'Phototherapy is under way' },
  { code: 'known', display: 'Already known' },
  { code: 'wrong', display: 'The value is wrong' },
];

/** The card about the latest value on the nomogram; undefined if there is none. */
export function bilirubinCard(course: CoursePoint[], patient: string, origin: string): object | undefined {
  const latest = course.findLast((point) => isPlottable(point) && point.zone !== null);
  if (!latest?.zone || latest.hours === null || latest.mgPerDl === null) return undefined;
  const value = `${latest.mgPerDl.toFixed(1)} mg/dL`;
  const zone = zoneNames[latest.zone].toLowerCase();
  const about = { source: 'newborn-bilirubin', observation: `Observation/${latest.id}`, zone: latest.zone };
  return {
    uuid: crypto.randomUUID(),
    summary: `Bilirubin ${value} at ${Math.floor(latest.hours)} h of life: ${zone} risk zone`,
    detail: detailOf(latest, value, zone),
    indicator: latest.rapid ? 'critical' : indicators[latest.zone],
    source: { label: 'Newborn bilirubin (sample)', url: 'https://doi.org/10.1542/peds.103.1.6' },
    links: [
      {
        label: 'Open the bilirubin chart',
        url: `${origin}/samples/bilirubin-chart/launch`,
        type: 'smart',
        appContext: JSON.stringify(about),
      },
    ],
    suggestions: [repeatMeasurement(patient)],
    selectionBehavior: 'at-most-one',
    overrideReasons: reasons.map((reason) => ({
      ...reason,
      system: `${origin}/samples/cds-services/override-reasons`,
    })),
  };
}

function detailOf({ rapid, perHour }: CoursePoint, value: string, zone: string): string {
  const change =
    perHour === null ? [] : [`- Change: **${perHour.toFixed(2)} mg/dL per hour**${rapid ? ', which is rapid' : ''}`];
  return [`- Latest value: **${value}**`, `- Risk zone: **${zone}**`, ...change, '', 'Not for clinical use.'].join(
    '\n',
  );
}

function repeatMeasurement(patient: string): object {
  const display = 'Bilirubin.total [Mass/volume] in Serum or Plasma';
  return {
    uuid: crypto.randomUUID(),
    label: 'Order a repeat measurement',
    actions: [
      {
        type: 'create',
        description: 'Orders total bilirubin in serum or plasma',
        resource: {
          resourceType: 'ServiceRequest',
          status: 'active',
          intent: 'order',
          code: { coding: [{ system: 'http://loinc.org', code: '1975-2', display }], text: 'Total bilirubin' },
          subject: { reference: `Patient/${patient}` },
        },
      },
    ],
  };
}
