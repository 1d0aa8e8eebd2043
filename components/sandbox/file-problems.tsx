import { Callout } from '#components/ui/callout.tsx';

/** A problem in a sandbox file, and its place. */
export interface FileProblem {
  file: string;
  path: string;
  reason: string;
}

const maxShown = 50;

/** The problems of a sandbox file that was not accepted. */
export function FileProblems({ problems }: { problems: readonly FileProblem[] }) {
  const title = problems.length === 1 ? 'One mistake in the file' : `${problems.length} mistakes in the file`;
  return (
    <Callout tone="danger" role="alert" title={title}>
      <p>Nothing was made. Correct the file and choose it again.</p>
      <ul className="mt-2 flex flex-col gap-1.5">
        {problems.slice(0, maxShown).map(({ path, reason }) => (
          <li key={`${path} ${reason}`}>
            <code className="font-mono text-sm break-all">{path}</code>
            <span className="block break-words">{reason}</span>
          </li>
        ))}
      </ul>
      {problems.length > maxShown ? <p className="mt-2">… and {problems.length - maxShown} more</p> : null}
    </Callout>
  );
}
