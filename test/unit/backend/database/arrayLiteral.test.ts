import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { arrayLiteral } from '../../../../src/backend/database/arrayLiteral.ts';

describe("an array's text", () => {
  it('holds numbers, nothing, and any text', () => {
    assert.equal(arrayLiteral([1, 0.25, null, -3]), '{1,0.25,NULL,-3}');
    assert.equal(arrayLiteral(['', 'NULL', 'a,b{}']), '{"","NULL","a,b{}"}');
    assert.equal(arrayLiteral(['say "no"', 'C:\\new\n']), String.raw`{"say \"no\"","C:\\new` + '\n"}');
    assert.equal(arrayLiteral([]), '{}');
  });
});
