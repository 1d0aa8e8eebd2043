'use client';

import { AppWindow, ExternalLink, PanelTop, Smartphone } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { Deliberate } from '#components/ui/form/deliberate.tsx';
import type { ScenarioRecord } from './scenario-record.ts';

const icons: Record<ScenarioRecord['embed'], ReactNode> = {
  tab: <ExternalLink aria-hidden />,
  popup: <AppWindow aria-hidden />,
  frame: <PanelTop aria-hidden />,
  phone: <Smartphone aria-hidden />,
};

/**
 * The launch button of a scenario. As the scenario says, it posts into a new tab or window, or links to the page that
 * frames the app.
 */
export function ScenarioLaunch({ scenario }: { scenario: ScenarioRecord }) {
  const { name, embed, href, refusal } = scenario;
  const look = { icon: icons[embed], 'aria-label': `Launch ${name}` };
  if (embed === 'frame' || embed === 'phone') {
    if (refusal)
      return (
        <Button {...look} disabled>
          Launch
        </Button>
      );
    // A plain link: the page with the frame has policies of its own, which only a new document brings.
    return (
      <a href={`${href}/frame`} aria-label={look['aria-label']} className={buttonClass({})}>
        {look.icon}
        Launch
      </a>
    );
  }
  return (
    <Deliberate>
      <form
        method="post"
        action={`${href}/launch`}
        target="_blank"
        rel="noopener"
        onSubmit={embed === 'popup' ? openWindow : undefined}
      >
        <Button {...look} type="submit" disabled={refusal !== undefined}>
          Launch
        </Button>
      </form>
    </Deliberate>
  );
}

/**
 * Has the form sent to a new window, small and without the browser's toolbars. The window forgets who opened it before
 * the app gets there, as a form's own `noopener` would have the browser open a tab instead.
 */
function openWindow({ currentTarget: form }: FormEvent<HTMLFormElement>): void {
  const name = `app-${Date.now()}-${Math.random()}`;
  const opened = window.open('about:blank', name, 'popup,width=960,height=720');
  if (!opened) return;
  opened.opener = null;
  form.target = name;
  form.removeAttribute('rel');
}
