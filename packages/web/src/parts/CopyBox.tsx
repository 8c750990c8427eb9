import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { t } from '../i18n/t.ts'
import { Button } from './Button.tsx'
import { copyText } from './copy-text.ts'

interface Props {
  label: string
  text: string
}

/** Something to be carried elsewhere: a link, a secret. */
export function CopyBox({ label, text }: Props) {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle')
  const copy = async () => setState((await copyText(text)) ? 'copied' : 'refused')
  return (
    <div>
      <div className="flex items-stretch gap-2">
        <input
          readOnly
          aria-label={label}
          value={text}
          onFocus={(event) => event.target.select()}
          className="h-8 min-w-0 flex-1 rounded-md bg-sunken px-2.5 font-mono text-xs text-ink shadow-[inset_0_0_0_1px_var(--line)] outline-none focus:shadow-[inset_0_0_0_1.5px_var(--accent)]"
        />
        <Button onClick={() => void copy()}>
          {state === 'copied' ? <Check size={15} aria-hidden="true" /> : <Copy size={15} aria-hidden="true" />}
          {t(state === 'copied' ? 'parts.copied' : 'parts.copy')}
        </Button>
      </div>
      <p role="status" className="text-xs text-bad">
        {state === 'refused' && t('parts.notCopied')}
      </p>
    </div>
  )
}
