import type { Metadata } from 'next';
import { BilirubinApp } from './bilirubin-app.tsx';

export const metadata: Metadata = { title: { absolute: 'Bilirubin Chart' }, icons: '/samples/bilirubin-chart.svg' };

export default function Page() {
  return <BilirubinApp />;
}
