'use client';

import { AppWindow, ExternalLink, PanelTop, Smartphone } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import { Button, ButtonLink } from '#components/ui/button.tsx';
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
    return (
      <ButtonLink {...look} href={`${href}/frame`}>
        Launch
      </ButtonLink>
    );
  }
  const target = embed === 'popup' ? `scenario-${scenario.id}` : '_blank';
  return (
    <form
      method="post"
      action={`${href}/launch`}
      target={target}
      rel={embed === 'tab' ? 'noopener' : undefined}
      onSubmit={embed === 'popup' ? openWindow : undefined}
    >
      <Button {...look} type="submit" disabled={refusal !== undefined}>
        Launch
      </Button>
    </form>
  );
}

/** Opens the window that the form is then sent to, small and without the browser's toolbars. */
function openWindow({ currentTarget: { target } }: FormEvent<HTMLFormElement>): void {
  window.open('about:blank', target, 'popup,width=960,height=720');
}
