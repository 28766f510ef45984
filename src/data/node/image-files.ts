/** Finding image files: a folder of images, a folder of class folders, or a list in a text file. */

import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { OutsetError } from '../../messages/error.ts';
import type { ImageFile } from '../images/image-dataset.ts';

const isImage = (name: string) => /\.(?:png|jpe?g)$/i.test(name);

/**
 * The images of a folder, sorted by name: those in it, or those in the folders below it, whose names are the classes.
 * @throws data.no_images, data.mixed_images
 */
export function imagesInFolder(path: string): ImageFile[] {
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const loose = entries.filter((entry) => !entry.isDirectory() && isImage(entry.name));
  const sorted = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, images: readdirSync(join(path, name)).filter(isImage).sort() }))
    .filter(({ images }) => images.length > 0);
  if (loose.length > 0 && sorted.length > 0) {
    throw new OutsetError('data.mixed_images', { path, loose: loose.length, classes: sorted.length });
  }
  const found =
    sorted.length > 0
      ? sorted.flatMap(({ name, images }) => images.map((file) => imageFile(join(path, name, file), name)))
      : loose.map(({ name }) => imageFile(join(path, name)));
  if (found.length === 0) throw new OutsetError('data.no_images', { path });
  return found;
}

/**
 * The images that a text file lists: one path a line (relative to the list), then a tab and the class, or nothing.
 * Empty lines and lines that start with # are skipped.
 * @throws data.image_list, data.no_images
 */
export function imagesInList(text: string, where: string): ImageFile[] {
  const found: ImageFile[] = [];
  for (const [i, raw] of text.split(/\r?\n/).entries()) {
    if (raw.trim() === '' || raw.startsWith('#')) continue;
    const [name, label, ...rest] = raw.split('\t').map((part) => part.trim());
    const labelled = label !== undefined && label !== '';
    const consistent = found.length === 0 || (found[0].label !== undefined) === labelled;
    if (rest.length > 0 || !isImage(name) || !consistent) {
      throw new OutsetError('data.image_list', { where, line: i + 1, got: raw.slice(0, 60) });
    }
    const path = isAbsolute(name) ? name : join(dirname(where), name);
    found.push(imageFile(path, labelled ? label : undefined));
  }
  if (found.length === 0) throw new OutsetError('data.no_images', { path: where });
  return found;
}

function imageFile(path: string, label?: string): ImageFile {
  const read = async () => {
    try {
      return await readFile(path);
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? String(error);
      throw new OutsetError('data.file_unreadable', { path, reason }, { cause: error });
    }
  };
  return label === undefined ? { path, read } : { path, label, read };
}
