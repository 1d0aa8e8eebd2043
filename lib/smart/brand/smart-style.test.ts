import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrast, readableContrast } from '../color.ts';
import { smartStyle, smartStyleUrl } from './smart-style.ts';

const tokens = readFileSync(new URL('../../../components/ui/tokens.css', import.meta.url), 'utf8');

/** The value of a design token in the light theme. */
function token(name: string): string {
  const value = new RegExp(`--${name}: ([^;]+);`).exec(tokens)?.[1] ?? '';
  return /^light-dark\(([^,]+),/.exec(value)?.[1] ?? value;
}

const dialog = readFileSync(new URL('../../../components/ui/overlay/dialog.tsx', import.meta.url), 'utf8');

const pixels = (rem: string) => `${Number.parseFloat(rem) * 16}px`;

describe('the SMART style', () => {
  const style = smartStyle({});

  it('has every property that SMART names, and no other', () => {
    expect(Object.keys(style).sort()).toEqual([
      'color_background',
      'color_error',
      'color_highlight',
      'color_modal_backdrop',
      'color_success',
      'color_text',
      'dim_border_radius',
      'dim_font_size',
      'dim_spacing_size',
      'font_family_body',
      'font_family_heading',
    ]);
    for (const value of Object.values(style)) expect(value).toMatch(/\S/);
  });

  it('looks like our own pages in the light theme', () => {
    expect(style).toMatchObject({
      color_background: token('color-canvas'),
      color_error: token('color-danger'),
      color_highlight: token('color-accent'),
      color_success: token('color-success-text'),
      color_text: token('color-ink'),
      dim_border_radius: pixels(token('radius-md')),
      dim_font_size: pixels(token('text-base')),
    });
    expect(style.color_modal_backdrop).toBe('rgba(0, 0, 0, 0.45)');
    expect(dialog).toContain('bg-black/45');
    expect(style.font_family_body).toContain('ui-sans-serif, system-ui, sans-serif');
    expect(token('font-sans')).toContain('ui-sans-serif, system-ui, sans-serif');
  });

  it.each(['#ffee00', '#69b5ce', '#767676', '#0f6e84'])('keeps %s readable as the highlight', (color) => {
    const { color_highlight: highlight = '', color_background: background = '' } = smartStyle({ color });
    expect(contrast(highlight, '#ffffff')).toBeGreaterThanOrEqual(readableContrast);
    expect(contrast(highlight, background)).toBeGreaterThanOrEqual(readableContrast);
  });
});

describe('its address', () => {
  it('changes with its contents and with nothing else', () => {
    const issuer = 'https://ehr.example/demo';
    const plain = smartStyleUrl(issuer, {});
    expect(plain).toMatch(/^https:\/\/ehr\.example\/demo\/smart-style\.json\?v=[0-9a-f]{12}$/);
    expect(smartStyleUrl(issuer, { color: '#0b5f7c' })).toBe(plain);
    expect(smartStyleUrl(issuer, { color: '#123456' })).not.toBe(plain);
  });
});
