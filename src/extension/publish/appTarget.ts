import type { Readable } from 'node:stream';
import type { PublicationBody } from '../../protocol/api.ts';

/** Where apps can be published: this computer, a server, or a bucket of one's own. */
export interface AppTarget {
  readonly kind: TargetKind;
  /** The project's app if it is up there. */
  find(project: string): Promise<PublicationBody | null>;
  /** Why the project's app can't be one more here; null if it can. */
  refusalOf(project: string): Promise<string | null>;
  /** Adds a version and puts it up. `onProgress` gets the part that has arrived, from 0 to 1. */
  publish(app: AppToPublish, onProgress: (part: number) => void): Promise<PublicationBody>;
  /** Puts an earlier version up again. */
  activate(app: PublicationBody, version: number): Promise<void>;
  unpublish(app: PublicationBody): Promise<void>;
}

export type TargetKind = 'computer' | 'server' | 'bucket';

export interface AppToPublish {
  readonly project: string;
  readonly name: string;
  readonly folder: string;
  readonly files: readonly { readonly path: string; readonly size: number }[];
  readonly bytes: number;
  /** The files as a zip, made as it is read. */
  readonly zip: () => Promise<Readable>;
}
