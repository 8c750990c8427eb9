export interface BrowserDescription {
  /** `Firefox, Windows`; what it says of itself when it is none we know. */
  name: string
  isPhone: boolean
}

const BROWSERS: readonly (readonly [name: string, mark: RegExp])[] = [
  ['Edge', /\bEdg(e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Yandex', /\bYaBrowser\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(Chrome|CriOS|HeadlessChrome)\//],
  ['Safari', /\bVersion\/.*Safari\//],
]

const SYSTEMS: readonly (readonly [name: string, mark: RegExp])[] = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['macOS', /\bMac OS X\b/],
  ['Linux', /\bLinux\b/],
]

/** What a `User-Agent` stands for, for people: most of it is history. */
export function describeBrowser(userAgent: string): BrowserDescription {
  const find = (list: typeof BROWSERS) => list.find(([, mark]) => mark.test(userAgent))?.[0]
  const [browser, system] = [find(BROWSERS), find(SYSTEMS)]
  const known = [browser, system].filter(Boolean).join(', ')
  return {
    name: known || userAgent.split(/[\s/]/)[0] || '?',
    isPhone: /\b(iPhone|Android)\b/.test(userAgent),
  }
}
