import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Around } from './coming-to-front.ts';
import { ignoreHastyAnswers } from './ignore-hasty-answers.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

type FakePage = EventTarget & Around & { setTimeout: (run: () => void, milliseconds: number) => unknown };

/** A page as far as it is used here, in a frame of `parent` unless it is at the top. */
function pageIn(parent?: FakePage): FakePage {
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  const page: object = Object.assign(new EventTarget(), { document, performance: { now: Date.now }, setTimeout });
  return Object.assign(page, { parent: parent ?? page }) as FakePage;
}

/** A page around ours that is of another origin. */
function foreignPage(): FakePage {
  const denied = () => {
    throw new DOMException('Another origin', 'SecurityError');
  };
  return new Proxy(pageIn(), { get: denied });
}

/** Tells whether an answer in `page` is heard at this moment. */
function guard(page: FakePage) {
  const element = Object.assign(new EventTarget(), { dataset: {} });
  const stop = ignoreHastyAnswers(element as unknown as HTMLElement, page);
  vi.advanceTimersByTime(1000);
  return { stop, heard: () => element.dispatchEvent(new Event('submit', { cancelable: true })) };
}

const tell = (target: EventTarget, ...names: string[]) => {
  for (const name of names) target.dispatchEvent(new Event(name));
};

const ways: [string, (page: FakePage, top: FakePage) => void][] = [
  ['the page is shown', (page) => tell(page, 'pageshow')],
  ['its tab is shown', (page) => tell(page.document, 'visibilitychange')],
  ['the tab around it is shown', (_, top) => tell(top.document, 'visibilitychange')],
  ['its window comes to the front, and it had the focus', (page) => tell(page, 'blur', 'focus')],
  ['its window comes to the front, and the page around it had the focus', (_, top) => tell(top, 'blur', 'focus')],
  [
    'its window comes to the front, is answered by the click into the frame, and the page around it had the focus',
    (page, top) => {
      tell(top, 'blur', 'focus', 'blur');
      tell(page, 'focus');
    },
  ],
];

it.each(ways)('hears nothing for half a second after %s', (_, happens) => {
  const outermost = pageIn();
  for (const [page, top] of [
    [pageIn(outermost), outermost],
    [pageIn(pageIn(outermost)), outermost],
    [outermost, outermost],
  ] as const) {
    const { heard, stop } = guard(page);
    expect(heard()).toBe(true);
    happens(page, top);
    expect(heard()).toBe(false);
    vi.advanceTimersByTime(499);
    expect(heard()).toBe(false);
    vi.advanceTimersByTime(1);
    expect(heard()).toBe(true);
    stop();
    happens(page, top);
    expect(heard()).toBe(true);
  }
});

it('hears the click with which the focus comes into its frame', () => {
  const top = pageIn();
  const page = pageIn(top);
  const { heard } = guard(page);
  tell(top, 'blur');
  tell(page, 'focus');
  expect(heard()).toBe(true);
});

it('works in a frame of another origin, which it cannot listen to', () => {
  const page = pageIn(foreignPage());
  const { heard } = guard(page);
  tell(page, 'focus');
  expect(heard()).toBe(false);
});
