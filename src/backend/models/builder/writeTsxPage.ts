import type { PageSpec } from './pageSpec.ts';
import type { WrittenFile } from './writeHtmlPage.ts';

export interface TsxPlace {
  readonly folder: string;
  readonly component: string;
}
export function placeTsxPage(_spec: PageSpec, _listing: readonly string[]): TsxPlace {
  return { folder: '', component: 'X' };
}
export function writeTsxPage(_spec: PageSpec, _place: TsxPlace): WrittenFile[] {
  return [];
}
