import { createHash } from 'node:crypto';
import { readableColor } from '../color.ts';
import type { Brand } from './brand.ts';

/** The design tokens with which an app looks like the EHR around it: colours, CSS lengths and font families. */
type SmartStyle = Record<`${'color' | 'dim' | 'font'}_${string}`, string>;

const fonts = '"Inter Variable", Inter, ui-sans-serif, system-ui, sans-serif';
const background = '#f3f5f7';
/** The highlight of a sandbox that has no colour of its own. */
const accent = '#0b5f7c';

/** The light theme of our own pages, as components/ui/tokens.css has it: a SMART style has room for one theme only. */
const common: SmartStyle = {
  color_background: background,
  color_error: '#b3261e',
  color_modal_backdrop: 'rgba(0, 0, 0, 0.45)',
  color_success: '#1a6438',
  color_text: '#14202b',
  dim_border_radius: '6px',
  dim_font_size: '14px',
  dim_spacing_size: '16px',
  font_family_body: fonts,
  font_family_heading: fonts,
};

/**
 * The SMART style of a sandbox, with its own colour as the highlight.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#styling
 */
export function smartStyle({ color }: Pick<Brand, 'color'>): SmartStyle {
  return { ...common, color_highlight: readableColor(color ?? accent, [background]) };
}

/**
 * The address of the style of the sandbox at `issuer`. It changes with the style, so that apps may cache it for good.
 */
export function smartStyleUrl(issuer: string, brand: Pick<Brand, 'color'>): string {
  const version = createHash('sha256')
    .update(JSON.stringify(smartStyle(brand)))
    .digest('hex')
    .slice(0, 12);
  return `${issuer}/smart-style.json?v=${version}`;
}
