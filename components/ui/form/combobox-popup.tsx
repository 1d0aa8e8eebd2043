'use client';

import { Combobox as Base } from '@base-ui/react/combobox';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SearchItem } from './use-search.ts';

interface ComboboxPopupProps<Item> {
  row: (item: Item) => ReactNode;
  status: string | undefined;
  pending: boolean;
}

/** The list of a combobox, with its announcements. */
export function ComboboxPopup<Item extends SearchItem>({ row, status, pending }: ComboboxPopupProps<Item>) {
  return (
    <Base.Portal>
      <Base.Positioner sideOffset={4} className="z-[60] outline-none">
        <Base.Popup
          aria-busy={pending || undefined}
          className="max-h-[min(var(--available-height),20rem)] w-[var(--anchor-width)] overflow-y-auto overscroll-contain rounded-md border border-line bg-raised p-1 shadow-popup"
        >
          <Base.Status className={status ? 'px-2.5 py-2 text-muted' : 'sr-only'}>{status}</Base.Status>
          <Base.List>
            {(item: Item) => (
              <Base.Item
                key={item.id}
                value={item}
                className="flex min-h-9 items-center gap-2 rounded-sm px-2.5 py-1 outline-none select-none data-highlighted:bg-hover pointer-coarse:min-h-11"
              >
                <div className="min-w-0 flex-1">{row(item)}</div>
                <Base.ItemIndicator>
                  <Check aria-hidden className="size-4 text-accent-text" />
                </Base.ItemIndicator>
              </Base.Item>
            )}
          </Base.List>
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  );
}
