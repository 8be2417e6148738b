import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { planLocalEdit } from '../../../../src/core/localEdits/planLocalEdit.ts';

describe('a free edit of a rule that takes in others', () => {
  const mixin = '@mixin shell { top: 0; @content; } @mixin plain { left: 0; }\n';
  for (const [taken, kind] of [
    ['@include nobody-knows;', 'refusal'],
    ['@include nobody-knows { top: 1px; }', 'edit'],
    ['@include shell { background: green; }', 'refusal'],
    ['@include shell { bottom: 1px; }', 'edit'],
    ['@include plain;', 'edit'],
  ] as const) {
    it(`is ${kind === 'edit' ? 'made beside' : 'refused before'} ${taken}`, () => {
      const text = `${mixin}.header { background: red; ${taken} }`;
      assert.equal(planLocalEdit('make the header blue', [{ path: 'a.scss', text }]).kind, kind);
    });
  }
});
