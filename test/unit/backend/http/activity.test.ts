import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Activity } from '../../../../src/backend/http/activity.ts';

describe('activity', () => {
  it('is idle since the last request ended, and never while one is open', () => {
    let now = 1_000;
    const activity = new Activity(() => now);
    now = 3_000;
    assert.equal(activity.idleMs, 2_000);
    activity.begin();
    activity.begin();
    now = 9_000;
    assert.equal(activity.idleMs, 0);
    activity.end();
    assert.equal(activity.idleMs, 0);
    activity.end();
    now = 9_500;
    assert.equal(activity.idleMs, 500);
  });

  it('is quiet when the last request has ended', async () => {
    const activity = new Activity(() => 0);
    await activity.whenQuiet();
    activity.begin();
    let isQuiet = false;
    const quiet = activity.whenQuiet().then(() => (isQuiet = true));
    await Promise.resolve();
    assert.equal(isQuiet, false);
    activity.end();
    await quiet;
    assert.equal(isQuiet, true);
  });
});
