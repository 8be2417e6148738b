import type { PlanId } from '../plans.ts';

/** How much a plan publishes. `bytes` counts the files as they are served, not as they are packed. */
export interface PublishingLimits {
  /** Apps that are up at the same time. */
  readonly publications: number;
  readonly files: number;
  readonly bytes: number;
}

/** What one app may hold and how many there may be, by plan. */
export function publishingLimits(planId: PlanId): PublishingLimits {
  return planId === 'free' ? freeLimits : paidLimits;
}

/** The first project, and one or two of those before it whose links are still out there. */
const freeLimits: PublishingLimits = { publications: 3, files: 10_000, bytes: 50_000_000 };
/** More apps than a person keeps up; what is larger or has more files is a store, not an app. */
const paidLimits: PublishingLimits = { publications: 100, files: 20_000, bytes: 500_000_000 };

/** One file is held in memory while it is checked and stored; a larger one is a download, not a part of a page. */
export const LARGEST_FILE_BYTES = 25_000_000;

/** Versions that can be rolled back to; the oldest goes when there are more. */
export const KEPT_VERSIONS = 10;

/** What a zip adds to its files: the names twice and the fields around them. */
const ZIP_BYTES_PER_FILE = 1_024;

/** The largest upload: the files as they are, in a zip that packs nothing. */
export function largestUpload({ bytes, files }: PublishingLimits): number {
  return bytes + files * ZIP_BYTES_PER_FILE;
}
