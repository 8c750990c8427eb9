import { memo } from 'react'
import { cutAtWords, useFoundWords } from './found-words.ts'
import { tokenize } from './link-tokens.ts'

/** Text from outside: line breaks are kept, links become links, nothing becomes markup. */
export const RichText = memo(function RichText({ text }: { text: string }) {
  return tokenize(text).map((token, index) =>
    token.kind === 'text' ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: tokens of one text have no other name, and never move
      <PlainText key={index} text={token.text} />
    ) : (
      <a
        // biome-ignore lint/suspicious/noArrayIndexKey: the same
        key={index}
        href={token.url}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="text-accent-ink underline decoration-accent/40 underline-offset-2 hover:decoration-accent"
      >
        <PlainText text={token.text} />
      </a>
    ),
  )
})

/** With what was looked for marked, where somebody looks for something. */
function PlainText({ text }: { text: string }) {
  const words = useFoundWords()
  if (words.length === 0) return text
  return cutAtWords(text, words).map((piece) =>
    piece.isFound ? (
      <mark key={piece.offset} className="rounded-sm bg-find text-find-ink">
        {piece.text}
      </mark>
    ) : (
      piece.text
    ),
  )
}
