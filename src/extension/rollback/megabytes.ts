/** Bytes as megabytes of a million bytes, as disks are sold and as the setting counts: "12.3". Little is never 0. */
export function megabytes(bytes: number, locale: string): string {
  const tenths = Math.ceil((bytes / BYTES_PER_MB) * 10);
  return (tenths / 10).toLocaleString(locale, { maximumFractionDigits: 1 });
}

export const BYTES_PER_MB = 1_000_000;
