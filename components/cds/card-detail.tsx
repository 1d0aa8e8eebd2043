import Markdown from 'markdown-to-jsx/react';
import type { ComponentProps, ReactNode } from 'react';

/**
 * Replaces pictures by their text, since loading one tells its server who reads, and headings, which would upset the
 * page's outline.
 */
const overrides = {
  a: { component: OutsideLink },
  img: { component: ({ alt }: { alt?: string }) => alt ?? null },
  iframe: { component: () => null },
  ...Object.fromEntries(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((heading) => [heading, { component: Strong }])),
};

/** The detail of a card: GitHub flavoured Markdown from a stranger, without HTML. */
export default function CardDetail({ markdown }: { markdown: string }) {
  return (
    <div className="cds-detail text-sm break-words">
      <Markdown options={{ disableParsingRawHTML: true, forceBlock: true, wrapper: 'div', overrides }}>
        {markdown}
      </Markdown>
    </div>
  );
}

function Strong({ children }: { children?: ReactNode }) {
  return <p className="font-semibold">{children}</p>;
}

/** A link that leaves the EHR; only its text when it is not a web address. */
function OutsideLink({ href, children }: ComponentProps<'a'>) {
  if (!href || !/^https?:\/\//i.test(href)) return <span>{children}</span>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" className="underline">
      {children}
    </a>
  );
}
