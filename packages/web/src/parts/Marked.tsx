import type { TextRange } from '@parley/protocol/model'
import { Fragment } from 'react'

interface Props {
  text: string
  /** From the front, without overlaps. */
  marks: readonly TextRange[]
}

/** A text with parts of it marked: what was looked for. */
export function Marked({ text, marks }: Props) {
  let end = 0
  return (
    <bdi>
      {marks.map(({ offset, length }) => {
        const before = text.slice(end, offset)
        end = offset + length
        return (
          <Fragment key={offset}>
            {before}
            <mark className="rounded-sm bg-find text-find-ink">{text.slice(offset, end)}</mark>
          </Fragment>
        )
      })}
      {text.slice(end)}
    </bdi>
  )
}
