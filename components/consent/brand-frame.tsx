import type { CSSProperties, ReactNode } from 'react';
import { Avatar } from '#components/ui/avatar.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { readBrand } from '#lib/smart/brand/brand.ts';
import { readableColor } from '#lib/smart/color.ts';

/** A sandbox with its name and its brand as stored. */
export interface BrandedSandbox {
  name: string;
  brand: unknown;
}

interface BrandFrameProps {
  sandbox: BrandedSandbox;
  /** `narrow` for a form with few fields. */
  width?: 'narrow' | 'wide';
  children: ReactNode;
}

/** A standalone page with a sandbox's name, logo and colour. */
export function BrandFrame({ sandbox, width = 'wide', children }: BrandFrameProps) {
  const { color, logoUri } = readBrand(sandbox.brand);
  return (
    <div style={color ? accentOf(color) : undefined}>
      {color ? <div aria-hidden className="fixed inset-x-0 top-0 h-1 bg-accent" /> : null}
      <main
        className={classNames(
          'mx-auto flex min-h-dvh w-full flex-col gap-5 px-4 py-10 sm:justify-center',
          width === 'narrow' ? 'max-w-sm' : 'max-w-xl',
        )}
      >
        <p className="flex items-center gap-2.5 font-semibold">
          {logoUri ? <Avatar name={sandbox.name} src={logoUri} size="medium" square /> : null}
          <bdi className="min-w-0 break-words">{sandbox.name}</bdi>
        </p>
        {children}
      </main>
    </div>
  );
}

/** Darkens the brand's colour until white text on it is readable. */
function accentOf(color: string): CSSProperties {
  const accent = readableColor(color);
  return {
    '--color-accent': accent,
    '--color-accent-hover': `color-mix(in oklab, ${accent}, black 15%)`,
  } as CSSProperties;
}
