import assert from 'node:assert/strict';
import { millitokens } from '../../../../src/core/tokens.ts';
import { callErrorFromBody } from '../../../../src/extension/chat/callError.ts';
import { failureOf } from '../../../../src/extension/chat/failureOf.ts';
import { messageWords } from '../../../../webview/chat/messageWords.ts';

describe('a provider that fails', () => {
  const failure = (error: unknown, call = 1) =>
    failureOf(
      callErrorFromBody({
        error: {
          type: 'server_error',
          code: 'upstream_failed',
          message: 'It answered 400.',
          details: { status: 400, error },
        },
      }),
      { call, settled: millitokens(1_120) },
    );
  const said = (error: unknown, call?: number): string => messageWords.failure(failure(error, call));

  it('is quoted, whether it says a text or an object with one', () => {
    const told = 'The model didn’t answer. 0 tokens. The provider says: This is 9,000 tokens too long.';
    assert.equal(said('This is 9,000 tokens too long.'), told);
    assert.equal(said({ message: ' This is 9,000 tokens too long.\n', code: 'context_length_exceeded' }), told);
    assert.equal(
      said({ message: 'Too long.' }, 3),
      'It failed at step 3: that step cost 0, steps 1–2 cost 1.12. The provider says: Too long.',
    );
  });

  it('is not quoted where it said nothing, and no further than anybody reads', () => {
    for (const nothing of [undefined, null, '', { message: '  ' }, { detail: 'x' }, 7])
      assert.equal(said(nothing), 'The model didn’t answer. 0 tokens.');
    assert.equal(said('x'.repeat(1_000)).length, said('x'.repeat(5_000)).length);
    assert.ok(said('x'.repeat(301)).endsWith(`${'x'.repeat(300)}…`));
  });
});
