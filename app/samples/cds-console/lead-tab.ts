/**
 * Leads a tab that this app has opened to `address`, and makes it forget who opened it. In a sandboxed frame an app may
 * lead only a tab that still knows it, so this order matters; the page that is on its way finds no opener.
 * @see https://html.spec.whatwg.org/multipage/document-sequences.html#allowed-to-navigate
 */
export function leadTab(tab: Window, address: string): void {
  tab.location.replace(address);
  tab.opener = null;
}
