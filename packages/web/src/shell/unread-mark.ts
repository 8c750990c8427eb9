const PLAIN = '/favicon.svg'
const MOST = 99

/** The mark of the app with a count on it, as a picture in an address: nothing is drawn on a canvas, so it is sharp at any size. */
export function markWithCount(count: number): string {
  const text = count > MOST ? `${MOST}+` : String(count)
  const width = 8 + text.length * 6
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="9" fill="#2f55d4"/><path d="M7.5 10.5A3.5 3.5 0 0 1 11 7h10a3.5 3.5 0 0 1 3.5 3.5v6A3.5 3.5 0 0 1 21 20h-4.500l-4.600 3.800c-.6.500-1.400.1-1.400-.7V20" fill="none" stroke="#fff" stroke-width="2.500" stroke-linecap="round" stroke-linejoin="round"/><rect x="${32 - width}" y="16" width="${width}" height="16" rx="8" fill="#d92d20" stroke="#fff" stroke-width="1.500"/><text x="${32 - width / 2}" y="28.300" font-family="system-ui,sans-serif" font-size="12" font-weight="700" fill="#fff" text-anchor="middle">${text}</text></svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}

/** Shows how much is unread where the app is when it is not looked at: in the tab, in the dock. */
export function showUnread(count: number): void {
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
  if (icon) icon.href = count > 0 ? markWithCount(count) : PLAIN
  // Only installed apps have a badge; the others refuse, and nothing is lost.
  const set = count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.()
  set?.catch(() => undefined)
}
