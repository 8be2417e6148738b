/** Whether what a person typed is the address of something on the web. */
export function isHttpAddress(text: string): boolean {
  return /^https?:\/\/\S+$/.test(text) && URL.canParse(text);
}
