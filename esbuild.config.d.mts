import type { BuildOptions } from 'esbuild';

export declare function build(options: { release: boolean }): Promise<void>;
export declare function watch(): Promise<void>;
export declare function pageBundle(release: boolean): BuildOptions;
export declare function moduleBundle(release: boolean, name: string): BuildOptions;
export declare const modulePages: readonly string[];
