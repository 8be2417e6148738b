/** Bytes as megabytes of a million bytes, as disks are sold and as the setting counts: "12.3". */
export function megabytes(bytes: number, locale: string): string {
  return (bytes / BYTES_PER_MB).toLocaleString(locale, { maximumFractionDigits: 1 });
}

export const BYTES_PER_MB = 1_000_000;
