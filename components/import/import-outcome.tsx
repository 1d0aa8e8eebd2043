import { Callout } from '#components/ui/callout.tsx';
import type { ImportState } from './import-state.ts';

/** The outcome of an import, or why it has stopped; announced to screen readers when it changes. */
export function ImportOutcome({ state }: { state: ImportState }) {
  switch (state.phase) {
    case 'paused':
      return (
        <Callout role="status" title="Paused">
          What is in stays in. Resume when you like, or come back later and choose the same files again.
        </Callout>
      );
    case 'cancelled':
      return (
        <Callout role="status" title="Cancelled">
          What went in before stays. Choosing the same files again goes on behind it.
        </Callout>
      );
    case 'stopped':
      return (
        <Callout tone="danger" role="alert" title="The import stopped">
          {state.failure} What went in before stays; choose the same files again to go on.
        </Callout>
      );
    case 'done':
      return <Done state={state} />;
    default:
      return null;
  }
}

function Done({ state }: { state: ImportState }) {
  const wrong = state.refused;
  if (wrong > 0) {
    return (
      <Callout tone="warning" role="status" title={`Done, but for ${wrong} ${wrong === 1 ? 'file' : 'files'}`}>
        The table says what is wrong with them. The others are in.
      </Callout>
    );
  }
  return (
    <Callout tone="success" role="status" title="Done">
      {state.resources > 0 ? 'Everything is in.' : 'Everything was in already.'}
    </Callout>
  );
}
