import assert from 'node:assert/strict';
import { hexColor } from '../../../../webview/review/hexColor.ts';

describe('hexColor', () => {
  it('takes the forms in which the editor writes colours', () => {
    assert.equal(hexColor(' #1f1f1f '), '#1f1f1f');
    assert.equal(hexColor('#1f1f1f80'), '#1f1f1f80');
    assert.equal(hexColor('rgb(255, 0, 16)'), '#ff0010ff');
    assert.equal(hexColor('rgba(0, 0, 0, 0.5)'), '#00000080');
    assert.equal(hexColor('rgb(0 0 0 / 50%)'), '#00000080');
  });

  it('gives nothing for what is no colour', () => {
    for (const text of ['', 'red', 'var(--x)', '#12']) assert.equal(hexColor(text), null);
  });
});
