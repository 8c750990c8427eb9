import { readTemplate } from '@parley/protocol/text'
import { clsx } from 'clsx'

/**
 * A template's text with what stands in its markers; those without a value are marked.
 * @param values  by marker, as a filled template names them
 */
export function FilledText({ text, values }: { text: string; values: Readonly<Record<string, string>> }) {
  return (
    <p dir="auto" className="whitespace-pre-wrap [overflow-wrap:anywhere]">
      {readTemplate(text, {}).map((piece, index) => {
        if (piece.kind === 'words') return piece.text
        const value = Object.hasOwn(values, piece.marker) ? values[piece.marker] : undefined
        return (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text never move
            key={index}
            title={piece.variable}
            className={clsx('rounded-sm px-0.5', value === undefined ? 'bg-bad-soft text-bad' : 'bg-accent-soft')}
          >
            {value ?? piece.marker}
          </span>
        )
      })}
    </p>
  )
}
