import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { askProvider } from '../../../../src/backend/http/askProvider.ts';

const SENTENCE = /^The payment provider didn't answer, and your plan hasn't changed\. If a payment went through/;

describe('asking the payment provider', () => {
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
  });
  afterEach(() => {
    mock.timers.reset();
  });

  it('hears what is answered in time', async () => {
    const slow = Promise.withResolvers<string>();
    const heard = askProvider(slow.promise);
    mock.timers.tick(9_900);
    slow.resolve('https://checkout.example.com');
    assert.equal(await heard, 'https://checkout.example.com');
  });

  it('says what a failure and a silence mean for the plan and the money, before the editor stops waiting', async () => {
    const refused = { code: 'upstream_failed', message: SENTENCE };
    await assert.rejects(askProvider(Promise.reject(new Error('no such host'))), refused);
    const silent = Promise.withResolvers<string>();
    const heard = assert.rejects(askProvider(silent.promise), refused);
    mock.timers.tick(14_000);
    await heard;
    // What comes after that is nobody's fault.
    silent.reject(new Error('too late'));
  });
});
