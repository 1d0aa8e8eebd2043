import type { Metadata } from 'next';
import { ClinicDayApp } from './clinic-day-app.tsx';

export const metadata: Metadata = { title: { absolute: 'Clinic Day' }, icons: '/samples/clinic-day.svg' };

export default function Page() {
  return <ClinicDayApp />;
}
