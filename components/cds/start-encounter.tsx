'use client';

import { DoorOpen } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import { HookResults } from './hook-results.tsx';
import { messageOf, sendJson } from './send-json.ts';
import { useHook } from './use-hook.ts';

/** Starts an encounter of the patient, fires encounter-start and displays the answers of the services. */
export function StartEncounter({ sandbox, patientId }: { sandbox: string; patientId: string }) {
  const router = useRouter();
  const hydrated = useHydrated();
  const { firing, fire } = useHook(sandbox);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const start = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const address = `/${sandbox}/cds/encounters`;
      const { encounter } = await sendJson<{ encounter: string }>(address, { patient: patientId });
      router.refresh();
      await fire({ hook: 'encounter-start', patient: patientId, encounter });
    } catch (thrown) {
      setError(messageOf(thrown));
    }
    setBusy(false);
  };
  return (
    <div className="overflow-clip rounded-md border border-line bg-surface shadow-panel">
      <div className="flex items-center gap-2 px-4 py-2">
        <Button
          variant="secondary"
          size="small"
          disabled={busy || !hydrated}
          onClick={start}
          icon={<DoorOpen aria-hidden />}
        >
          Start encounter
        </Button>
        {error ? (
          <p role="alert" className="text-sm text-danger-text">
            {error}
          </p>
        ) : null}
      </div>
      <HookResults sandbox={sandbox} firing={firing} />
    </div>
  );
}
