import { LinkifyIt } from 'linkify-it'

export type Token = { kind: 'text'; text: string } | { kind: 'link'; text: string; url: string }

const SAFE = new Set(['http:', 'https:', 'mailto:', 'tel:'])

const linkify = new LinkifyIt({ fuzzyLink: true })
linkify.add('ftp:', null)
linkify.add('tel:', {
  validate: (text, position) => /^\+?[\d().-]{3,20}\d/.exec(text.slice(position))?.[0].length ?? 0,
})

/** Splits a message into text and links. It stays text: whoever draws it makes nodes, never markup. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let done = 0
  for (const match of linkify.match(text) ?? []) {
    if (!isSafe(match.url)) continue
    if (match.index > done) tokens.push({ kind: 'text', text: text.slice(done, match.index) })
    tokens.push({ kind: 'link', text: match.text, url: match.url })
    done = match.lastIndex
  }
  if (done < text.length) tokens.push({ kind: 'text', text: text.slice(done) })
  return tokens
}

function isSafe(url: string): boolean {
  return URL.canParse(url) && SAFE.has(new URL(url).protocol)
}
