import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { MAX_EVENT_BYTES, SseSplitter } from '../../../../src/backend/generations/sseEvents.ts';

const stream = Buffer.from(
  ': hello\n\ndata: {"text":"süß 漢字"}\n\r\ndata: one\r\ndata: two\r\n\r\nevent: x\ndata:three\n\ndata: [DONE]\n\n',
);

describe('server-sent events', () => {
  it('are the same wherever the stream is cut, and not a byte is lost', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length)), (cuts) => {
        const splitter = new SseSplitter();
        const ends = [...cuts.sort((a, b) => a - b), stream.length];
        const events = ends.flatMap((end, index) => splitter.push(stream.subarray(ends[index - 1] ?? 0, end)));
        assert.deepEqual(
          events.map(({ data }) => data),
          [null, '{"text":"süß 漢字"}', 'one\ntwo', 'three', '[DONE]'],
        );
        assert.deepEqual(Buffer.concat(events.map(({ bytes }) => bytes)), stream);
        assert.deepEqual(splitter.end(), []);
      }),
    );
  });

  it('end with the stream, also without their blank line', () => {
    const splitter = new SseSplitter();
    assert.deepEqual(splitter.push(Buffer.from('data: a')), []);
    assert.deepEqual(
      splitter.end().map(({ data }) => data),
      ['a'],
    );
  });

  it('are never kept beyond their limit', () => {
    const splitter = new SseSplitter();
    assert.throws(() => splitter.push(Buffer.alloc(MAX_EVENT_BYTES + 1, 'x')), RangeError);
  });
});
