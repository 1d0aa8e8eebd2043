import { LoaderCircle, TriangleAlert } from 'lucide-react';
import { CdsCard } from './cds-card.tsx';
import type { ServiceAnswer } from './hook-lines.ts';
import type { AskedService, Firing } from './use-hook.ts';

interface HookResultsProps {
  sandbox: string;
  firing: Firing;
  /** Called with the draft order as a service wants it; null to drop the draft. */
  onDraft?: ((draft: object | null) => void) | undefined;
}

/** The answers so far: cards, and a line for each service that has not answered, has no cards, or has failed. */
export function HookResults({ sandbox, firing, onDraft }: HookResultsProps) {
  const { state, services, failed } = firing;
  return (
    <div aria-busy={state === 'asking'} className="divide-y divide-line">
      {failed ? <Note problem>{failed}</Note> : null}
      {state === 'asking' && services.length === 0 ? <Waiting title="the CDS services" /> : null}
      {services.map((service) => (
        <ServiceResult key={service.id} sandbox={sandbox} service={service} onDraft={onDraft} />
      ))}
    </div>
  );
}

type ServiceResultProps = Omit<HookResultsProps, 'firing'> & { service: AskedService };

function ServiceResult({ sandbox, service: { title, answer }, onDraft }: ServiceResultProps) {
  if (!answer) return <Waiting title={title} />;
  if ('problem' in answer) {
    return (
      <Note problem>
        <strong className="font-medium text-ink">{title}</strong> {answer.problem}.
      </Note>
    );
  }
  const notes = notesOf(answer);
  return (
    <>
      {answer.cards.map((card) => (
        <CdsCard key={card.id} sandbox={sandbox} card={card} service={title} onDraft={onDraft} />
      ))}
      {answer.cards.length === 0 && notes.length === 0 ? (
        <Note>
          <bdi>{title}</bdi> has no advice.
        </Note>
      ) : null}
      {notes.map((note) => (
        <Note key={note} problem>
          <strong className="font-medium text-ink">{title}</strong> {note}
        </Note>
      ))}
    </>
  );
}

function notesOf({ problems, systemActions }: Extract<ServiceAnswer, { cards: unknown }>): string[] {
  return [
    ...problems.map((problem) => `sent a card that cannot be shown. ${problem}`),
    ...(systemActions > 0
      ? [`wanted to change the record by itself (system actions: ${systemActions}). Nothing was changed.`]
      : []),
  ];
}

function Waiting({ title }: { title: string }) {
  return (
    <p role="status" className="flex items-center gap-2 px-4 py-2 text-muted">
      <LoaderCircle aria-hidden className="size-4 animate-spin" /> Asking {title}…
    </p>
  );
}

function Note({ problem = false, children }: { problem?: boolean; children: React.ReactNode }) {
  return (
    <p className="flex items-start gap-2 px-4 py-2 text-sm text-muted">
      {problem ? <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warning-text" /> : null}
      <span className="min-w-0 break-words">{children}</span>
    </p>
  );
}
