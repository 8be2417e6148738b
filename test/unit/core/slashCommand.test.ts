import assert from 'node:assert/strict';
import { modelWords } from '../../../src/core/modelWords.ts';
import { slashCommand, slashNames } from '../../../src/core/slashCommand.ts';
import { classifyRequest } from '../../../src/core/requestKind.ts';
import { mergedRequest } from '../../../src/core/mergedRequest.ts';

describe('a slash command', () => {
  it('is the first word of a draft, with the words behind it', () => {
    for (const name of slashNames) assert.equal(slashCommand(`/${name}`)?.name, name);
    assert.equal(slashCommand('/fix  the login \n')?.words, 'the login');
    assert.equal(slashCommand('/plan\n\nA shop\nwith a cart')?.words, 'A shop\nwith a cart');
    assert.equal(slashCommand('/clear')?.words, '');
  });

  it('is none where the word is unknown, longer, a path, or stands further on', () => {
    for (const text of ['/fixed it', '/usr/fix', '/fix/a', ' /fix', 'say /fix', '/', '/Fix', '/unknown fix', ''])
      assert.equal(slashCommand(text), null, text);
  });

  it('costs tokens only where a model is asked', () => {
    const here = slashNames.filter((name) => slashCommand(`/${name} x`)?.by === 'editor');
    assert.deepEqual(here, ['batch', 'free', 'rollback', 'clear']);
  });
});

describe('what the model is sent', () => {
  it('is the text itself, or the request that a command stands for with the person’s words behind it', () => {
    assert.equal(modelWords('/nothing here'), '/nothing here');
    assert.equal(modelWords('/clear'), '/clear');
    const fix = modelWords('/fix');
    assert.match(fix, /^Fix what is wrong/);
    assert.equal(modelWords('/fix the login'), `${fix}\n\nthe login`);
  });

  it('is priced as what it asks for', () => {
    const kinds = ['/fix', '/explain', '/tests', '/plan'].map((text) =>
      classifyRequest(modelWords(`${text} the shop`)),
    );
    assert.deepEqual(kinds, ['fix', 'explain', 'tests', 'plan']);
  });

  it('says what a command stands for where several requests go as one', () => {
    assert.equal(mergedRequest(['/explain']), '/explain');
    const merged = mergedRequest(['/explain', 'Add a footer']);
    assert.match(merged, /^1\. Explain this code[^]*\n2\. Add a footer$/);
  });
});
