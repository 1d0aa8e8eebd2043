import { inOrder, isDataFile } from '#lib/fhir/data-file.ts';
import type { ChosenFile } from './file-parts.ts';

/** The data files among those of a file input, in the order in which they are imported. */
export function chosenIn(list: FileList | null): ChosenFile[] {
  return sorted(Array.from(list ?? [], (file) => ({ name: file.webkitRelativePath || file.name, file })));
}

/** The data files among dropped items, including the files inside of folders. */
export async function dropped(items: DataTransferItemList): Promise<ChosenFile[]> {
  // The browser empties the list after the event, so all entries are read before the first await.
  const entries = Array.from(items, (item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  return sorted((await Promise.all(entries.map(filesOf))).flat());
}

function sorted(files: ChosenFile[]): ChosenFile[] {
  return files.filter(({ name }) => isDataFile(name)).sort((one, other) => inOrder(one.name, other.name));
}

async function filesOf(entry: FileSystemEntry): Promise<ChosenFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ name: entry.fullPath.replace(/^\//, ''), file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: ChosenFile[] = [];
  // A reader returns at most a hundred entries at a time.
  for (let batch = await read(reader); batch.length > 0; batch = await read(reader)) {
    found.push(...(await Promise.all(batch.map(filesOf))).flat());
  }
  return found;
}

function read(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}
