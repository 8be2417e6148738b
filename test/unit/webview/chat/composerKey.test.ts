import assert from 'node:assert/strict';
import { composerKey, type ComposerSituation, type KeyPress } from '../../../../webview/chat/composerKey.ts';

describe('a key in the composer', () => {
  const press = (key: string, changes: Partial<KeyPress> = {}): KeyPress => ({
    key,
    keyCode: 0,
    isComposing: false,
    repeat: false,
    shiftKey: false,
    altKey: false,
    ctrlKey: false,
    metaKey: false,
    ...changes,
  });
  const composer: ComposerSituation = { sendWith: 'enter', running: false, offersFree: false, recallable: false };

  it('sends by Enter, breaks the line by Shift+Enter', () => {
    assert.equal(composerKey(press('Enter'), composer), 'send');
    assert.equal(composerKey(press('Enter', { shiftKey: true }), composer), null);
  });

  it('sends by Ctrl+Enter or Cmd+Enter alone where that is set', () => {
    const own = { ...composer, sendWith: 'ctrlEnter' } as const;
    assert.equal(composerKey(press('Enter'), own), null);
    assert.equal(composerKey(press('Enter', { ctrlKey: true }), own), 'send');
    assert.equal(composerKey(press('Enter', { metaKey: true }), own), 'send');
  });

  it('does nothing while an input method composes, by either sign', () => {
    assert.equal(composerKey(press('Enter', { isComposing: true }), composer), null);
    assert.equal(composerKey(press('Enter', { keyCode: 229 }), composer), null);
    assert.equal(composerKey(press('Escape', { isComposing: true }), { ...composer, running: true }), null);
  });

  it('does nothing again while a key is held', () => {
    assert.equal(composerKey(press('Enter', { repeat: true }), composer), 'nothing');
  });

  it('does it free by Alt+Enter where that is offered, and never sends by it', () => {
    assert.equal(composerKey(press('Enter', { altKey: true }), { ...composer, offersFree: true }), 'doFree');
    assert.equal(composerKey(press('Enter', { altKey: true }), composer), 'nothing');
    assert.equal(composerKey(press('Enter', { altKey: true, shiftKey: true }), composer), 'addToBatch');
  });

  it('stops by Esc only while something runs', () => {
    assert.equal(composerKey(press('Escape'), { ...composer, running: true }), 'stop');
    assert.equal(composerKey(press('Escape'), composer), null);
  });

  it('recalls by Up and Down only where the text allows it', () => {
    const empty = { ...composer, recallable: true };
    assert.equal(composerKey(press('ArrowUp'), empty), 'recallOlder');
    assert.equal(composerKey(press('ArrowDown'), empty), 'recallNewer');
    assert.equal(composerKey(press('ArrowUp', { shiftKey: true }), empty), null);
    assert.equal(composerKey(press('ArrowUp'), composer), null);
    assert.equal(composerKey(press('a'), empty), null);
  });
});
