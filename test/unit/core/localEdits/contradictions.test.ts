import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseSentence } from '../../../../src/core/localEdits/sentence/parseSentence.ts';

describe('a message that wishes for two things of one', () => {
  for (const [message, kind] of [
    ['set the header padding to 8px and set the header padding to 12px', 'refusal'],
    ['make the header background blue, and make the header background green', 'refusal'],
    ['more padding on the header and less padding on the header', 'refusal'],
    ['increase the header padding by 4px and increase the header padding by 8px', 'refusal'],
    ['set the header padding to 8px and set the card padding to 12px', 'intents'],
    ['set the header padding to 8px and make the header background green', 'intents'],
  ] as const) {
    it(`${kind === 'intents' ? 'is not one that says' : 'is not understood:'} ${message}`, () => {
      assert.equal(parseSentence(message).kind, kind);
    });
  }
});
