import { memo } from 'react'
import { tokenize } from './link-tokens.ts'

/** Text from outside: line breaks are kept, links become links, nothing becomes markup. */
export const RichText = memo(function RichText({ text }: { text: string }) {
  return tokenize(text).map((token, index) =>
    token.kind === 'text' ? (
      token.text
    ) : (
      <a
        // biome-ignore lint/suspicious/noArrayIndexKey: tokens of one text have no other name, and never move
        key={index}
        href={token.url}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="text-accent-ink underline decoration-accent/40 underline-offset-2 hover:decoration-accent"
      >
        {token.text}
      </a>
    ),
  )
})
