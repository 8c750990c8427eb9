/** Plain data as XML: a list becomes one element with its name per item, as the old API writes it. */
export function toXml(name: string, value: unknown): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(name, value)}`
}

function element(name: string, value: unknown): string {
  if (Array.isArray(value))
    return `<${name}>${value.map((item) => element(name.replace(/s$/, ''), item)).join('')}</${name}>`
  if (value === null || typeof value !== 'object') return `<${name}>${escapeText(String(value ?? ''))}</${name}>`
  const parts = Object.entries(value).map(([key, part]) => element(key, part))
  return `<${name}>${parts.join('')}</${name}>`
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
/** Control characters cannot stand in XML at all. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const NOT_XML = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g

const escapeText = (text: string): string => text.replace(NOT_XML, '').replace(/[&<>"']/g, (sign) => ESCAPES[sign]!)
