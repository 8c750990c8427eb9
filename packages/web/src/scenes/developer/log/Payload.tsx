import { Copy } from 'lucide-react'
import { t } from '../../../i18n/t.ts'
import { copyText } from '../../../parts/copy-text.ts'
import { IconButton } from '../../../parts/IconButton.tsx'
import { toast } from '../../../parts/toast.ts'

interface Props {
  label: string
  /** As it went over the wire; what is copied. */
  text: string
  /** What is special about it: cut, bytes. */
  note?: string | undefined
}

/** A body: JSON in lines, anything else as it is. */
export function Payload({ label, text, note }: Props) {
  if (text === '') return <p className="px-4 py-3 text-ink-3">{t('developer.empty')}</p>
  return (
    <section aria-label={label} className="relative min-w-0">
      {note && <p className="px-4 pt-3 text-xs text-ink-3">{note}</p>}
      <IconButton
        label={t('developer.copyThis', { what: label })}
        className="!absolute end-2 top-2 bg-sunken"
        onClick={() => void copy(text)}
      >
        <Copy className="!size-[15px]" />
      </IconButton>
      <pre
        dir="auto"
        className="overflow-x-auto px-4 py-3 pe-12 font-mono text-xs/[1.6] break-words whitespace-pre-wrap"
      >
        {pretty(text)}
      </pre>
    </section>
  )
}

export async function copy(text: string): Promise<void> {
  toast({ text: t((await copyText(text)) ? 'parts.copied' : 'parts.notCopied') })
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
