'use client';

import { useEffect } from 'react';
import { Panel } from '#components/ui/panel.tsx';
import { HookResults } from './hook-results.tsx';
import { useHook } from './use-hook.ts';

/** Fires patient-view once the chart is shown, and displays the answers of the services. */
export function DecisionSupport({ sandbox, patientId }: { sandbox: string; patientId: string }) {
  const { firing, fire } = useHook(sandbox);
  useEffect(() => {
    fire({ hook: 'patient-view', patient: patientId });
  }, [fire, patientId]);
  return (
    <Panel id="decision-support" title="Decision support" flush>
      <HookResults sandbox={sandbox} firing={firing} />
    </Panel>
  );
}
