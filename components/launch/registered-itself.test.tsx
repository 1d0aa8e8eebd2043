import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { PatientSummary } from '#components/patient/patient-summary.ts';
import { AppCard } from './app-card.tsx';
import { PatientApps } from './patient-apps.tsx';

const patient = { id: 'emma', name: 'Emma' } as PatientSummary;
const appOf = (dynamic: boolean) => ({
  clientId: 'a',
  name: 'Growth chart',
  description: 'The real one',
  needs: 'patient' as const,
  dynamic,
});

it.each([true, false])('the lists of apps say whether an app registered itself: %s', (dynamic) => {
  const app = appOf(dynamic);
  const lists = [
    <AppCard key="card" sandbox="demo" app={app} />,
    <PatientApps key="chart" sandbox="demo" patient={patient} apps={[app]} latestEncounter={undefined} />,
  ];
  for (const list of lists) expect(renderToStaticMarkup(list).includes('Registered itself')).toBe(dynamic);
});
