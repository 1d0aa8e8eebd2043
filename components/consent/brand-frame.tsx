import type { CSSProperties, ReactNode } from 'react';
import { Avatar } from '#components/ui/avatar.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { readBrand } from '#lib/smart/brand/brand.ts';
import { readableColor } from '#lib/smart/color.ts';

/** A sandbox as people see it; `brand` is what is stored of it. */
export interface BrandedSandbox {
  name: string;
  brand: unknown;
}

interface BrandFrameProps {
  sandbox: BrandedSandbox;
  /** `narrow` for a form of few fields. */
  width?: 'narrow' | 'wide';
  children: ReactNode;
}

/** A page of its own under a sandbox's name, logo and colour. */
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
          <span className="min-w-0 break-words">{sandbox.name}</span>
        </p>
        {children}
      </main>
    </div>
  );
}

/** The colour behind white text, dark enough to read it. */
function accentOf(color: string): CSSProperties {
  const accent = readableColor(color);
  return {
    '--color-accent': accent,
    '--color-accent-hover': `color-mix(in oklab, ${accent}, black 15%)`,
  } as CSSProperties;
}
