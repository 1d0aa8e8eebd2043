import { Callout } from '#components/ui/callout.tsx';

/** A mistake in a sandbox file, and where it stands. */
export interface FileProblem {
  file: string;
  path: string;
  reason: string;
}

const most = 50;

/** Every mistake of a sandbox file that was not accepted. */
export function FileProblems({ problems }: { problems: readonly FileProblem[] }) {
  const title = problems.length === 1 ? 'One mistake in the file' : `${problems.length} mistakes in the file`;
  return (
    <Callout tone="danger" role="alert" title={title}>
      <p>Nothing was made. Correct the file and choose it again.</p>
      <ul className="mt-2 flex flex-col gap-1.5">
        {problems.slice(0, most).map(({ path, reason }) => (
          <li key={`${path} ${reason}`}>
            <code className="font-mono text-sm break-all">{path}</code>
            <span className="block break-words">{reason}</span>
          </li>
        ))}
      </ul>
      {problems.length > most ? <p className="mt-2">… and {problems.length - most} more</p> : null}
    </Callout>
  );
}
