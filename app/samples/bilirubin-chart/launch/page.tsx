import type { Metadata } from 'next';
import { AppFrame } from '../../smart/app-frame.tsx';
import { LaunchScreen } from '../../smart/launch-screen.tsx';
import { knownServers } from '../../smart/servers.ts';
import { registration } from '../registration.ts';

export const metadata: Metadata = { title: { absolute: 'Bilirubin Chart' }, icons: '/samples/bilirubin-chart.svg' };

export default function Page() {
  return (
    <AppFrame name={registration.name} logoPath={registration.logoPath} accent="amber" footer="Not for clinical use.">
      <LaunchScreen registration={registration} servers={knownServers()} />
    </AppFrame>
  );
}
