export declare function build(options: { release: boolean }): Promise<void>;
export declare function watch(): Promise<void>;
