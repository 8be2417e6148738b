/** A colour as the editor writes it into its CSS variables, in the form that Monaco's themes take; null is none. */
export function hexColor(css: string): string | null {
  const text = css.trim();
  if (/^#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i.test(text)) return text;
  const parts = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)(?:[\s,/]+([\d.]+)(%?))?\s*\)$/.exec(text);
  if (parts === null) return null;
  const alpha = parts[4] === undefined ? 1 : Number(parts[4]) / (parts[5] === '%' ? 100 : 1);
  const channels = [Number(parts[1]), Number(parts[2]), Number(parts[3]), alpha * 255];
  return `#${channels.map(hexByte).join('')}`;
}

function hexByte(value: number): string {
  return Math.round(Math.min(255, Math.max(0, value)))
    .toString(16)
    .padStart(2, '0');
}
