import type { panelCodes } from '../codes/loinc.ts';
import type { Chart, Visit } from '../person/chart.ts';
import { ageAt } from '../person/chart.ts';
import { yearsBetween } from '../value/calendar.ts';
import { round } from '../value/interpolate.ts';
import type { Values } from './laboratory-values.ts';
import {
  basicMetabolic,
  bloodCount,
  comprehensiveMetabolic,
  hemoglobinA1c,
  lipid,
  thyrotropin,
  urineAlbumin,
} from './laboratory-values.ts';
import { filePanel } from './observation-laboratory.ts';

type Panel = keyof typeof panelCodes;

/** Panels at an adult's check-up, and whether only at the latest one. */
const adultPanels: readonly {
  panel: Panel;
  values: (chart: Chart, date: Date) => Values;
  everyTime: (chart: Chart) => boolean;
  indicated: (chart: Chart, age: number) => boolean;
}[] = [
  {
    panel: 'hemoglobinA1c',
    values: hemoglobinA1c,
    everyTime: () => true,
    indicated: ({ problems }) => problems.has('diabetes'),
  },
  {
    panel: 'comprehensiveMetabolic',
    values: comprehensiveMetabolic,
    everyTime: () => false,
    indicated: (_, age) => age >= 40,
  },
  {
    panel: 'basicMetabolic',
    values: basicMetabolic,
    everyTime: () => false,
    indicated: ({ problems }, age) => age >= 18 && age < 40 && (problems.size > 0 || age > 30),
  },
  {
    panel: 'completeBloodCount',
    values: bloodCount,
    everyTime: ({ problems }) => problems.has('ironDeficiency'),
    indicated: ({ problems }, age) => age >= 50 || problems.has('ironDeficiency') || problems.has('pregnancy'),
  },
  {
    panel: 'lipid',
    values: lipid,
    everyTime: ({ problems }) => problems.has('hyperlipidemia'),
    indicated: ({ problems }, age) => age >= 40 || problems.has('hyperlipidemia'),
  },
  {
    panel: 'thyrotropin',
    values: thyrotropin,
    everyTime: () => true,
    indicated: ({ problems }) => problems.has('hypothyroidism'),
  },
  {
    panel: 'urineAlbumin',
    values: urineAlbumin,
    everyTime: () => false,
    indicated: ({ problems }) => problems.has('diabetes') || problems.has('kidneyDisease'),
  },
];

function fileAdultPanels(chart: Chart, visit: Visit, latest: boolean): void {
  const age = ageAt(chart, visit.date);
  for (const { panel, values, everyTime, indicated } of adultPanels) {
    if (indicated(chart, age) && (latest || everyTime(chart))) {
      filePanel(chart, visit, panel, values(chart, visit.date));
    }
  }
}

/** Files the screening of toddlers for anemia and lead at one and two years. */
function fileToddlerScreening(chart: Chart, visit: Visit): void {
  const age = yearsBetween(chart.person.birth, visit.date);
  if (Math.abs(age - 1) < 0.06 || Math.abs(age - 2) < 0.06) {
    filePanel(chart, visit, 'childHemoglobin', { hemoglobin: round(chart.random.normal(12.2, 0.5), 1) });
    filePanel(chart, visit, 'childLead', { lead: round(chart.random.between(0.5, 2.6), 1) });
  }
}

/** Files the laboratory panels that the person's age and problems call for at routine visits. */
export function fileLaboratory(chart: Chart, visits: Visit[]): void {
  for (const visit of visits.filter(({ encounter }) => encounter)) {
    if (ageAt(chart, visit.date) < 18) {
      fileToddlerScreening(chart, visit);
    } else {
      fileAdultPanels(chart, visit, visit === visits.at(-1));
    }
  }
}
