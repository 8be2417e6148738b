import { wordTable } from '../../wordTable.ts';

/** Colours that people name and style sheets don't, as paint shops have them. */
export const paints = wordTable<string>({
  burgundy: '#800020',
  charcoal: '#36454f',
  cream: '#fffdd0',
  lilac: '#c8a2c8',
  mauve: '#e0b0ff',
  mint: '#98ff98',
  mustard: '#ffdb58',
  offwhite: '#faf9f6',
  peach: '#ffe5b4',
});
