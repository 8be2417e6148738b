import assert from 'node:assert/strict';
import { compareVersions } from '../../../../src/extension/node/compareVersions.ts';

describe('compareVersions', () => {
  it('orders by number, not by letter', () => {
    assert.ok(compareVersions('0.9.0', '0.10.0') < 0);
    assert.ok(compareVersions('1.0.0', '0.99.99') > 0);
    assert.equal(compareVersions('1.2.3', '1.2.3'), 0);
  });

  it('takes what is no version as the oldest', () => {
    assert.ok(compareVersions('unknown', '0.0.1') < 0);
  });
});
