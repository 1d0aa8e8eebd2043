'use client';

import { FileUp, FolderUp } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { chosenIn, dropped } from './chosen-files.ts';
import type { ChosenFile } from './file-parts.ts';

interface FileChoiceProps {
  /** Called with the chosen data files; the list is empty when none of the files is a data file. */
  onChoose: (files: ChosenFile[]) => void;
}

/** An area to drop files on, with two buttons that open the browser's dialogs for files and for folders. */
export function FileChoice({ onChoose }: FileChoiceProps) {
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void dropped(event.dataTransfer.items).then(onChoose);
  };
  const drag = (inside: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(inside);
  };
  return (
    <section
      aria-label="Choose data files"
      onDragOver={drag(true)}
      onDragLeave={drag(false)}
      onDrop={drop}
      className={classNames(
        'flex flex-col items-center gap-3 rounded-md border border-dashed px-6 py-8 text-center',
        over ? 'border-accent-text bg-accent-soft' : 'border-line-strong bg-sunken',
      )}
    >
      <p className="font-semibold">Drop a folder or files here</p>
      <p className="max-w-prose text-muted text-pretty">
        FHIR R4 Bundles and resources as .json, one resource or Bundle to a line as .ndjson; gzipped ones too. What the
        sandbox holds already is passed over.
      </p>
      <div className="flex flex-wrap justify-center gap-2">
        <Picker label="Choose a folder" icon={<FolderUp aria-hidden />} folder onChoose={onChoose} />
        <Picker label="Choose files" icon={<FileUp aria-hidden />} onChoose={onChoose} />
      </div>
    </section>
  );
}

interface PickerProps extends FileChoiceProps {
  label: string;
  icon: React.ReactNode;
  folder?: boolean;
}

function Picker({ label, icon, folder = false, onChoose }: PickerProps) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button variant={folder ? 'primary' : 'secondary'} icon={icon} onClick={() => field.current?.click()}>
        {label}
      </Button>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        aria-label={label}
        {...(folder ? { webkitdirectory: '' } : { accept: '.json,.ndjson,.jsonl,.gz' })}
        onChange={({ currentTarget }) => {
          onChoose(chosenIn(currentTarget.files));
          // Emptied, so that choosing the same folder again fires an event again.
          currentTarget.value = '';
        }}
      />
    </>
  );
}
