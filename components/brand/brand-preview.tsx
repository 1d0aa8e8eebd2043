import { Avatar } from '#components/ui/avatar.tsx';
import { readableColor } from '#lib/smart/color.ts';

interface BrandPreviewProps {
  name: string;
  logoUri?: string | undefined;
  /** `#rrggbb`; anything else is shown as no colour. */
  color?: string | undefined;
  website?: string | undefined;
  portal?: string | undefined;
}

const usual = '#0b5f7c';

/**
 * An example of the card that an app may show of a sandbox. The colour is darkened until white text on it is readable.
 */
export function BrandPreview({ name, logoUri, color = usual, website, portal }: BrandPreviewProps) {
  const given = /^#[0-9a-f]{6}$/i.test(color) ? color.toLowerCase() : usual;
  const shown = readableColor(given);
  return (
    <div className="flex flex-col gap-2">
      <div className="overflow-hidden rounded-md border border-line bg-surface">
        <div aria-hidden className="h-1.5" style={{ backgroundColor: shown }} />
        <div className="flex items-center gap-3 p-4">
          <Avatar key={logoUri} name={name} src={isAddress(logoUri) ? logoUri : undefined} size="large" square />
          <div className="min-w-0">
            <p className="truncate font-semibold">{name}</p>
            <p className="truncate text-sm text-muted">{website?.replace(/^https?:\/\/|\/$/g, '') ?? 'No website'}</p>
          </div>
        </div>
        <p className="px-4 py-2.5 text-center font-medium text-white" style={{ backgroundColor: shown }}>
          Connect to {portal ?? name}
        </p>
      </div>
      {shown === given ? null : (
        <p className="text-sm text-muted">
          Shown as <span className="font-mono">{shown}</span>: on <span className="font-mono">{given}</span> white text
          would be hard to read.
        </p>
      )}
    </div>
  );
}

/** Tells whether a text is a whole address: one that is still being typed must not be loaded as a picture. */
function isAddress(text: string | undefined): boolean {
  return text !== undefined && /^(https?:\/\/[^/\s]+\/.|\/[^/\s])/.test(text);
}
