'use client';

import { PenLine } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { SelectField } from '#components/ui/form/select-field.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import { type DraftOrder, draftOrder, orderables, orderText } from './draft-order.ts';
import { HookResults } from './hook-results.tsx';
import { messageOf, sendJson } from './send-json.ts';
import { useHook } from './use-hook.ts';

interface OrderFormProps {
  sandbox: string;
  patientId: string;
}

/** A new medication order: choosing fires order-select, signing fires order-sign, and confirming writes it. */
export function OrderForm({ sandbox, patientId }: OrderFormProps) {
  const { draft, step, message, firing, select, replace, sign, confirm } = useOrder({ sandbox, patientId });
  const hydrated = useHydrated();
  return (
    <Panel id="new-order" title="New order" flush>
      <div className="flex flex-col gap-3 p-4">
        <SelectField
          label="Medication"
          none="Choose a medication"
          disabled={!hydrated}
          value={codeOf(draft)}
          onChange={(event) => select(event.target.value)}
          options={orderables.map(({ code, name }) => ({ value: code, label: name }))}
        />
        {draft ? <p className="text-muted">{orderText(draft)}</p> : null}
        <div className="flex flex-wrap items-center gap-2">
          {step === 'signing' ? (
            <Button size="small" onClick={confirm} icon={<PenLine aria-hidden />}>
              Confirm and sign
            </Button>
          ) : (
            <Button size="small" disabled={!draft} onClick={sign} icon={<PenLine aria-hidden />}>
              Sign order
            </Button>
          )}
          {message ? <p role="status">{message}</p> : null}
        </div>
      </div>
      <div className="border-t border-line empty:hidden">
        {firing.state === 'idle' ? null : <HookResults sandbox={sandbox} firing={firing} onDraft={replace} />}
      </div>
    </Panel>
  );
}

function codeOf(draft: DraftOrder | undefined): string {
  const { medicationCodeableConcept: concept } = (draft ?? {}) as {
    medicationCodeableConcept?: { coding?: { code?: string }[] };
  };
  return orderables.find(({ code }) => concept?.coding?.some((coding) => coding.code === code))?.code ?? '';
}

/** The state of an order from its choice until it is in the record. */
function useOrder({ sandbox, patientId: patient }: OrderFormProps) {
  const router = useRouter();
  const { firing, fire, reset } = useHook(sandbox);
  const [draft, setDraft] = useState<DraftOrder>();
  const [step, setStep] = useState<'choosing' | 'signing'>('choosing');
  const [message, setMessage] = useState<string>();
  const begin = (next: DraftOrder | undefined, notice?: string) => {
    setDraft(next);
    setStep('choosing');
    setMessage(notice);
  };
  const select = (code: string) => {
    const chosen = orderables.find((one) => one.code === code);
    const next = chosen && draftOrder(chosen, patient, `draft-${crypto.randomUUID()}`);
    begin(next);
    if (next) fire({ hook: 'order-select', patient, draft: next });
    else reset();
  };
  const replace = (next: object | null) => begin((next as DraftOrder | null) ?? undefined, 'The order was changed.');
  const sign = () => {
    setStep('signing');
    if (draft) fire({ hook: 'order-sign', patient, draft });
  };
  const confirm = async () => {
    try {
      await sendJson(`/${sandbox}/cds/orders`, { patient, draft });
      reset();
      begin(undefined, 'The order is signed.');
      router.refresh();
    } catch (thrown) {
      setMessage(messageOf(thrown));
    }
  };
  return { draft, step, message, firing, select, replace, sign, confirm };
}
