import * as vscode from 'vscode';
import type { CheckpointLimits } from '../../core/checkpointCap.ts';
import { settings } from '../contributions.ts';
import { BYTES_PER_MB } from './megabytes.ts';

const MS_PER_DAY = 86_400_000;

/** Their defaults, as package.json has them. */
const DEFAULT_MAX_MB = 500;
const DEFAULT_MAX_DAYS = 30;

/** How much may be kept for rolling back at an instant, by the person's settings. */
export function checkpointLimits(now: Date): CheckpointLimits {
  const days = read(settings.rollbackMaxAgeDays, DEFAULT_MAX_DAYS);
  const oldest = Math.max(0, now.getTime() - days * MS_PER_DAY);
  return {
    maxBytes: read(settings.rollbackMaxSize, DEFAULT_MAX_MB) * BYTES_PER_MB,
    keepFrom: new Date(oldest).toISOString(),
  };
}

function read(id: string, usual: number): number {
  const value = vscode.workspace.getConfiguration().get<unknown>(id);
  return typeof value === 'number' && value > 0 ? value : usual;
}
