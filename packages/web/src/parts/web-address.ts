/** An address from outside that may stand in a link; undefined for anything but a web page. */
export function webAddress(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  return /^https?:$/.test(new URL(url).protocol) ? url : undefined
}
