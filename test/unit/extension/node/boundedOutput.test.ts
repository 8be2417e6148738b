import assert from 'node:assert/strict';
import { BoundedOutput } from '../../../../src/extension/node/boundedOutput.ts';

describe('the output of a command', () => {
  const of = (...texts: string[]) => {
    const output = new BoundedOutput();
    for (const text of texts) output.add(text);
    return output.text;
  };

  it('keeps the head and the tail of what is long, and says how much is left out', () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `line ${String(index)}\n`);
    const text = of(...lines);
    assert.ok(text.length < 24_200);
    assert.match(text, /^line 0\nline 1\n/);
    assert.match(text, /line 19998\nline 19999$/);
    const left = Number(/\((\d+) characters are left out here\)/.exec(text)?.[1]);
    assert.equal(left, lines.join('').length - 24_000);
  });

  it('keeps what is short as it is, in one piece', () => {
    assert.equal(of('one\n', 'two\n'), 'one\ntwo');
    assert.equal(of('x'.repeat(24_000)), 'x'.repeat(24_000));
  });

  it('is the same for a flood in one piece', () => {
    assert.match(of(`a${'x'.repeat(5_000_000)}z`), /^ax+\n\(4976002 characters are left out here\)\nx+z$/);
  });

  it('has no colours, no bells, and of a progress bar only its last state', () => {
    assert.equal(of('\u001b[31mred\u001b[0m\u0007\r\n', '10 %\r50 %\r100 %\r\n', 'done\n'), 'red\n100 %\ndone');
  });
});
