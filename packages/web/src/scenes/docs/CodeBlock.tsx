import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { t } from '../../i18n/t.ts'
import { copyText } from '../../parts/copy-text.ts'
import { IconButton } from '../../parts/IconButton.tsx'

interface Props {
  text: string
  /** `js`, `sh`; empty: not told. */
  language?: string
  /** What it is, where no heading says so. */
  label?: string
}

/** Code to be read and copied. */
export function CodeBlock({ text, language = '', label }: Props) {
  const [isCopied, setCopied] = useState(false)
  const copy = async () => setCopied(await copyText(text))
  return (
    <figure className="group relative min-w-0 rounded-md border border-line bg-sunken" dir="ltr">
      {(label ?? language) && (
        <figcaption className="flex h-7 items-center px-3 text-2xs font-medium text-ink-3">
          {label ?? language}
        </figcaption>
      )}
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        tabIndex={0}
        className="max-h-[70dvh] overflow-auto px-3 pb-3 font-mono text-xs/[1.55] print:max-h-none print:whitespace-pre-wrap not-first:pt-0 first:pt-3"
      >
        <code>{text}</code>
      </pre>
      <div className="absolute end-1 top-1 rounded-md bg-sunken print:hidden">
        <IconButton
          label={t(isCopied ? 'parts.copied' : 'docs.copyCode')}
          className="!size-7 pointer-coarse:!size-9"
          onClick={() => void copy()}
        >
          {isCopied ? (
            <Check aria-hidden="true" className="!size-4" />
          ) : (
            <Copy aria-hidden="true" className="!size-4" />
          )}
        </IconButton>
      </div>
    </figure>
  )
}
