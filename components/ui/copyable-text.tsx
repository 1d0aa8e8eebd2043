'use client';

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { classNames } from './class-names.ts';

interface CopyableTextProps {
  value: string;
  /** What it is, for the button's name: "client id" gives "Copy client id". */
  label: string;
  className?: string | undefined;
}

/** An identifier, secret or URL in full, with a button that copies it. */
export function CopyableText({ value, label, className }: CopyableTextProps) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <span className={classNames('inline-flex max-w-full items-center gap-1', className)}>
      <code className="min-w-0 font-mono text-sm break-all select-all">{value}</code>
      <button
        type="button"
        onClick={copy}
        aria-label={`Copy ${label}`}
        className="inline-flex size-7 shrink-0 items-center justify-center rounded-sm text-muted hover:bg-hover hover:text-ink pointer-coarse:size-10"
      >
        {copied ? (
          <Check aria-hidden className="size-3.5 text-success-text" />
        ) : (
          <Copy aria-hidden className="size-3.5" />
        )}
      </button>
      <span role="status" className="sr-only">
        {copied ? 'Copied' : ''}
      </span>
    </span>
  );
}
