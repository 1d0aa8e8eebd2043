import { Building2, ChevronRight } from 'lucide-react';
import { Badge } from '#components/ui/badge.tsx';
import { Link } from '#components/ui/link.tsx';
import { isSandboxSlug } from '#lib/smart/sandbox/slug.ts';
import { FillingProgress } from './filling-progress.tsx';

interface ListedSandbox {
  id: number;
  slug: string;
  name: string;
  role: string;
}

interface SandboxListProps {
  sandboxes: readonly ListedSandbox[];
  fillings: readonly (Parameters<typeof FillingProgress>[0]['filling'] & { sandboxId: number })[];
}

/** The sandboxes that a person may enter. */
export function SandboxList({ sandboxes, fillings }: SandboxListProps) {
  return (
    <ul className="divide-y divide-line">
      {sandboxes.map((sandbox) => (
        <li
          key={sandbox.slug}
          className="relative flex items-center gap-3 px-4 py-3 focus-within:bg-hover hover:bg-hover"
        >
          <Entry {...sandbox} filling={fillings.find(({ sandboxId }) => sandboxId === sandbox.id)} />
        </li>
      ))}
    </ul>
  );
}

type EntryProps = ListedSandbox & { filling: SandboxListProps['fillings'][number] | undefined };

function Entry({ slug, name, role, filling }: EntryProps) {
  const reachable = isSandboxSlug(slug);
  return (
    <>
      <Building2 aria-hidden className="size-5 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        {reachable ? (
          <Link href={`/${slug}`} className="font-semibold break-words after:absolute after:inset-0">
            {name}
          </Link>
        ) : (
          <p className="font-semibold break-words">{name}</p>
        )}
        <p className="text-sm text-muted">{reachable ? `/${slug}` : noAddress(slug)}</p>
        {filling ? <FillingProgress sandbox={name} filling={filling} /> : null}
      </div>
      <Badge>{role}</Badge>
      {reachable ? <ChevronRight aria-hidden className="size-4 text-muted" /> : null}
    </>
  );
}

/** An earlier version let a sandbox have a name that the server answers itself. */
function noAddress(slug: string): string {
  return `It has no address, as this server answers /${slug} itself. Whoever runs the server gives it one with npm run rename-sandbox -- ${slug} NEW.`;
}
