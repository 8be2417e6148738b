import type { TemplateResult } from 'lit';
import { icon } from './icon.ts';

/** Something is under way and nobody knows for how long. What it is stands beside it, in words. */
export function spinner(): TemplateResult {
  return icon('loading', 'codicon-modifier-spin');
}
