'use client';

import { ArrowLeft, RotateCw } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from '#components/ui/button.tsx';
import { classNames } from '#components/ui/class-names.ts';
import type { ScenarioRecord } from './scenario-record.ts';

interface FramedAppProps {
  sandbox: { slug: string; name: string };
  scenario: ScenarioRecord;
  /** The features of the browser that the app is given: the `allow` attribute of its frame. */
  allow: string;
}

/** The name of the frame, which the form that launches the app uses as its target. */
const frameName = 'app';

/**
 * What an app in the frame may do. It may not navigate the page around it, and nor may the windows that it opens, for
 * they are as confined as the frame is.
 * @see https://html.spec.whatwg.org/multipage/iframe-embed-object.html#attr-iframe-sandbox
 */
const permitted =
  'allow-scripts allow-same-origin allow-forms allow-popups allow-modals allow-downloads allow-storage-access-by-user-activation';

/** An app inside a page of the EHR, under a line that names its patient. */
export function FramedApp({ sandbox, scenario, allow }: FramedAppProps) {
  const { name, client, patient, embed, href } = scenario;
  const form = useRef<HTMLFormElement>(null);
  const launched = useRef(false);
  useEffect(() => {
    // React may run an effect twice, but the app must be launched only once.
    if (launched.current) return;
    launched.current = true;
    form.current?.requestSubmit();
  }, []);
  return (
    <main className="flex h-dvh flex-col bg-canvas">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line bg-surface px-4 py-1.5">
        {/* A plain link: the pages after it have policies of their own, which only a new document brings. */}
        <a
          href={`/${sandbox.slug}/scenarios`}
          className="flex min-h-8 items-center gap-1.5 text-muted hover:text-ink pointer-coarse:min-h-10"
        >
          <ArrowLeft aria-hidden className="size-4" />
          {sandbox.name}
        </a>
        <h1 className="min-w-0 font-semibold break-words">{name}</h1>
        {patient ? <p className="min-w-0 break-words text-muted">{patient.name ?? patient.id}</p> : null}
        <form ref={form} method="post" action={`${href}/launch`} target={frameName} className="ml-auto">
          <Button type="submit" variant="secondary" size="small" icon={<RotateCw aria-hidden />}>
            Launch again
          </Button>
        </form>
      </header>
      <div className={classNames('flex min-h-0 flex-1 justify-center', embed === 'phone' && 'overflow-auto p-4')}>
        <iframe
          name={frameName}
          title={client.name}
          sandbox={permitted}
          allow={allow}
          className={
            embed === 'phone'
              ? 'h-[844px] w-[390px] shrink-0 rounded-lg border border-line-strong bg-white shadow-popup'
              : 'size-full bg-white'
          }
        />
      </div>
    </main>
  );
}
