'use client';

import { Combobox as Base } from '@base-ui/react/combobox';
import { ChevronDown, Search, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { ComboboxPopup } from './combobox-popup.tsx';
import { Field, useFieldIds } from './field.tsx';
import { type SearchItem, useSearch } from './use-search.ts';

interface ComboboxProps<Item extends SearchItem> {
  label: string;
  hint?: ReactNode;
  /** Sentences about what is wrong with what was picked. */
  errors?: readonly string[] | undefined;
  placeholder?: string | undefined;
  /** Finds items; called with '' for suggestions when the list opens. When it rejects, the message is shown. */
  search: (text: string, signal: AbortSignal) => Promise<readonly Item[]>;
  value: Item | null;
  onValueChange: (item: Item | null) => void;
  /** Renders one item of the list. */
  row: (item: Item) => ReactNode;
  /** Plural noun for messages: "patients". */
  noun: string;
}

/** Picks one item from a list that a server searches while the person types. */
export function Combobox<Item extends SearchItem>(props: ComboboxProps<Item>) {
  const { label, hint, errors, placeholder, value, onValueChange, row, noun } = props;
  const ids = useFieldIds(undefined, { hint, errors });
  const { items, pending, error, run } = useSearch(props.search, value);
  return (
    <Base.Root
      items={items}
      value={value}
      filter={null}
      autoHighlight
      itemToStringLabel={(item: Item) => item.label}
      isItemEqualToValue={(item: Item, other: Item) => item.id === other.id}
      onValueChange={(item: Item | null) => onValueChange(item)}
      // Typing opens the list too, but starts a search of its own.
      onOpenChange={(open, { reason }) => open && reason !== 'input-change' && run('')}
      onInputValueChange={(text, { reason }) => reason !== 'item-press' && run(text)}
    >
      <Field id={ids.id} label={label} hint={hint} errors={errors}>
        <Base.InputGroup className="relative">
          <Search aria-hidden className="absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted" />
          <Base.Input {...ids} placeholder={placeholder} className="control px-8" />
          <div className="absolute inset-y-0 right-1 flex items-center text-muted">
            <Base.Clear aria-label={`Clear ${label}`} className="rounded-xs p-1.5 hover:text-ink">
              <X aria-hidden className="size-3.5" />
            </Base.Clear>
            {value ? null : <ChevronDown aria-hidden className="pointer-events-none mr-1.5 size-4" />}
          </div>
        </Base.InputGroup>
      </Field>
      <ComboboxPopup row={row} status={statusText({ pending, error, count: items.length, noun })} pending={pending} />
    </Base.Root>
  );
}

interface SearchStatus {
  pending: boolean;
  error: string | undefined;
  count: number;
  noun: string;
}

function statusText({ pending, error, count, noun }: SearchStatus): string | undefined {
  if (error) return error;
  if (count > 0) return undefined;
  return pending ? 'Searching…' : `No ${noun} match. Try fewer letters.`;
}
