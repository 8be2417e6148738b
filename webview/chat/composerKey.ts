/** What a key pressed in the composer does, or `null` where the text field does what it always does. */
export function composerKey(key: KeyPress, composer: ComposerSituation): ComposerAction | null {
  // During IME composition Enter picks a candidate. Safari ends the composition before the key: it says 229.
  if (key.isComposing || key.keyCode === COMPOSING_KEY_CODE) return null;
  if (key.key === 'Enter') return enter(key, composer);
  if (key.key === 'Escape' && composer.running) return 'stop';
  if (key.shiftKey || key.altKey || key.ctrlKey || key.metaKey || !composer.recallable) return null;
  if (key.key === 'ArrowUp') return 'recallOlder';
  return key.key === 'ArrowDown' ? 'recallNewer' : null;
}

export type ComposerAction = 'send' | 'addToBatch' | 'doFree' | 'stop' | 'recallOlder' | 'recallNewer' | 'nothing';

export interface KeyPress {
  readonly key: string;
  readonly keyCode: number;
  readonly isComposing: boolean;
  readonly repeat: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

export interface ComposerSituation {
  readonly sendWith: 'enter' | 'ctrlEnter';
  readonly running: boolean;
  readonly offersFree: boolean;
  /** The box is empty, or shows a recalled prompt unchanged. */
  readonly recallable: boolean;
}

/** What `keyCode` says while an input method is composing, in every browser. */
const COMPOSING_KEY_CODE = 229;

function enter(key: KeyPress, composer: ComposerSituation): ComposerAction | null {
  if (key.altKey && key.shiftKey) return once(key, 'addToBatch');
  if (key.altKey) return composer.offersFree ? once(key, 'doFree') : 'nothing';
  if (key.ctrlKey || key.metaKey) return once(key, 'send');
  if (key.shiftKey || composer.sendWith === 'ctrlEnter') return null;
  return once(key, 'send');
}

/** A key held down repeats; what it does happens once. */
function once(key: KeyPress, action: ComposerAction): ComposerAction {
  return key.repeat ? 'nothing' : action;
}
