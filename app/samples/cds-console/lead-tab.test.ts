import { expect, it } from 'vitest';
import { leadTab } from './lead-tab.ts';

it('leads a tab of a sandboxed frame, which may do so only while the tab knows it, and then lets go of it', () => {
  const led: string[] = [];
  const tab = {
    opener: {} as unknown,
    location: {
      replace(address: string) {
        if (tab.opener === null) throw new DOMException('The frame is sandboxed', 'SecurityError');
        led.push(address);
      },
    },
  };
  leadTab(tab as unknown as Window, 'https://app.example/launch');
  expect(led).toEqual(['https://app.example/launch']);
  expect(tab.opener).toBeNull();
});
