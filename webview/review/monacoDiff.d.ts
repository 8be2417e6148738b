/** The parts of Monaco by which a diff is told to its diff editor. They ship with it without a description. */

declare module 'monaco-editor/editor/common/core/ranges/lineRange.js' {
  export class LineRange {
    /** Counted from 1; the end is the line after the last. */
    constructor(startLineNumber: number, endLineNumberExclusive: number);
    readonly startLineNumber: number;
    readonly endLineNumberExclusive: number;
  }
}

declare module 'monaco-editor/editor/common/diff/rangeMapping.js' {
  import type { IRange, Range } from 'monaco-editor/editor.js';
  import type { LineRange } from 'monaco-editor/editor/common/core/ranges/lineRange.js';

  export class RangeMapping {
    constructor(originalRange: Range, modifiedRange: Range);
    readonly originalRange: IRange;
    readonly modifiedRange: IRange;
  }

  export class DetailedLineRangeMapping {
    constructor(original: LineRange, modified: LineRange, innerChanges: readonly RangeMapping[] | undefined);
    readonly original: LineRange;
    readonly modified: LineRange;
    readonly innerChanges: readonly RangeMapping[] | undefined;
  }
}

declare module 'monaco-editor/editor/common/diff/defaultLinesDiffComputer/defaultLinesDiffComputer.js' {
  import type { DetailedLineRangeMapping } from 'monaco-editor/editor/common/diff/rangeMapping.js';

  export class DefaultLinesDiffComputer {
    computeDiff(
      originalLines: readonly string[],
      modifiedLines: readonly string[],
      options: { ignoreTrimWhitespace: boolean; maxComputationTimeMs: number; computeMoves: boolean },
    ): { readonly changes: readonly DetailedLineRangeMapping[]; readonly hitTimeout: boolean };
  }
}
