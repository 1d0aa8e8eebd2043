import { type Around, onComingToFront } from './coming-to-front.ts';

/** Milliseconds in which an answer cannot have been meant; globals.css has the same for the time before scripts run. */
const hastyMilliseconds = 500;

type Page = Around & { setTimeout: (run: () => void, milliseconds: number) => unknown };

/**
 * Ignores what is submitted inside `element`, and clicks on its buttons, for half a second from now, and from each time
 * that the page is shown or its window comes to the front; and Enter for as long as it is held down. Returns what ends it.
 */
export function ignoreHastyAnswers(element: HTMLElement, page: Page): () => void {
  let until = 0;
  const now = () => page.performance.now();
  const wait = () => {
    until = now() + hastyMilliseconds;
    element.dataset.hasty = '';
    page.setTimeout(() => {
      if (now() >= until) delete element.dataset.hasty;
    }, hastyMilliseconds);
  };
  const ignore = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  const clicked = (event: Event) => isButton(event.target) && answered(event);
  const answered = (event: Event) => now() < until && ignore(event);
  const pressed = (event: KeyboardEvent) => event.repeat && event.key === 'Enter' && ignore(event);
  wait();
  const stop = onComingToFront(page, wait);
  const ended = new AbortController();
  const options = { capture: true, signal: ended.signal };
  element.addEventListener('submit', answered, options);
  element.addEventListener('click', clicked, options);
  element.addEventListener('keydown', pressed, options);
  return () => {
    stop();
    ended.abort();
  };
}

/** Whether a click on `target` presses a button: on an icon within it, too. */
function isButton(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button') !== null;
}
