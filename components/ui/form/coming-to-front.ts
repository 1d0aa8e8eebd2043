/** A page, and by its `parent` the pages around it. */
export type Around = Pick<Window, 'addEventListener' | 'document' | 'performance'> & { parent: Around };

/** Milliseconds between a page's loss of the focus to a frame in it and what the frame hears of that. */
const handingOver = 50;

/**
 * Calls `came` each time that the window of `page` comes to the front: when the page is shown, or the focus comes from
 * another window, such as one that closes. Returns what ends it.
 *
 * In a frame, the focus comes to whichever page had it last: to this one, or to one around it. When a page around it
 * has just lost it, it came by a click in the frame, which may be the very one that answers.
 */
export function onComingToFront(page: Around, came: () => void): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  let left = Number.NEGATIVE_INFINITY;
  const now = () => page.performance.now();
  const focused = () => now() - left > handingOver && came();
  const showing = () => page.document.visibilityState === 'visible' && came();
  page.document.addEventListener('visibilitychange', showing, { signal });
  page.addEventListener('pageshow', came, { signal });
  page.addEventListener('focus', focused, { signal });
  for (const outer of readablePagesAround(page)) {
    outer.addEventListener('focus', came, { signal });
    outer.document.addEventListener('visibilitychange', showing, { signal });
    const blurred = () => {
      left = now();
    };
    outer.addEventListener('blur', blurred, { signal });
  }
  return () => ended.abort();
}

/** The pages around this one that are of our origin, as all of them should be (`frame-ancestors`). */
function readablePagesAround(page: Around): Around[] {
  const found: Around[] = [];
  try {
    for (let inner = page; inner.parent !== inner; inner = inner.parent) {
      // Throws a SecurityError at a page of somebody else.
      if (inner.parent.document) found.push(inner.parent);
    }
  } catch {
    return found;
  }
  return found;
}
