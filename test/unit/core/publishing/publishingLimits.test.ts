import assert from 'node:assert/strict';
import { plans } from '../../../../src/core/plans.ts';
import { largestUpload, publishingLimits } from '../../../../src/core/publishing/publishingLimits.ts';

describe('how much a plan publishes', () => {
  it('is something on every plan, and no less on a dearer one', () => {
    const limits = plans.map(({ id }) => publishingLimits(id));
    assert.deepEqual(limits[0], { publications: 3, files: 10_000, bytes: 50_000_000 });
    for (const paid of limits.slice(1))
      assert.ok(paid.publications > 3 && paid.files >= 10_000 && paid.bytes > 50_000_000);
  });

  it('lets a zip be a little larger than what is in it', () => {
    assert.equal(largestUpload({ publications: 1, files: 10, bytes: 1_000 }), 11_240);
  });
});
