import type { Ask } from './ask.ts';
import { pastedThing, pictureUri, type PastedThing } from './pastedThings.ts';

/** Attaches what was pasted or dropped, where that is better than typing it; answers whether it did. */
export function attachPasted(data: DataTransfer | null, ask: Ask): boolean {
  const thing = data && pastedThing(data);
  if (!thing) return false;
  attach(thing, ask);
  return true;
}

function attach(thing: PastedThing, ask: Ask): void {
  switch (thing.kind) {
    case 'uris':
      ask((extension) => extension.attachDropped([...thing.uris]));
      return;
    case 'text':
      ask((extension) => extension.attachPasted({ kind: 'text', data: thing.text }));
      return;
    case 'image':
      ask(async (extension) => extension.attachPasted({ kind: 'image', data: await pictureUri(thing.file) }));
  }
}
