import type { Metadata } from 'next';
import { ConsoleApp } from './console-app.tsx';

export const metadata: Metadata = { title: { absolute: 'CDS Console' }, icons: '/samples/cds-console.svg' };

export default function Page() {
  return <ConsoleApp />;
}
