import { Check, Copy, Download } from 'lucide-react'
import { useState } from 'react'
import { useMe } from '../../../data/queries.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { copyText } from '../../../parts/copy-text.ts'
import { Dialog } from '../../../parts/Dialog.tsx'

/** Shown once: they are kept as digests. */
export function RecoveryCodesDialog({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const { user, account } = useMe()
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle')
  const copy = async () => setState((await copyText(codes.join('\n'))) ? 'copied' : 'refused')
  const text = [t('security.recoveryFile', { account: account.name, email: user.email }), '', ...codes, ''].join('\n')
  return (
    <Dialog
      isOpen
      isKept
      onClose={onClose}
      title={t('security.recovery')}
      description={t('security.recoveryShown')}
      footer={
        <Button look="primary" onClick={onClose}>
          {t('security.recoveryKept')}
        </Button>
      }
    >
      <ul
        aria-label={t('security.recovery')}
        className="grid grid-cols-1 gap-x-4 gap-y-1 rounded-md bg-sunken p-3 font-mono text-sm tabular-nums @xs:grid-cols-2 sm:grid-cols-2"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button onClick={() => void copy()}>
          {state === 'copied' ? <Check size={15} aria-hidden="true" /> : <Copy size={15} aria-hidden="true" />}
          {t(state === 'copied' ? 'parts.copied' : 'parts.copy')}
        </Button>
        <Button onClick={() => download(text)}>
          <Download size={15} aria-hidden="true" />
          {t('security.recoveryDownload')}
        </Button>
      </div>
      <p role="status" className="mt-1 text-xs text-bad">
        {state === 'refused' && t('parts.notCopied')}
      </p>
    </Dialog>
  )
}

function download(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = url
  link.download = 'parley-recovery-codes.txt'
  link.click()
  URL.revokeObjectURL(url)
}
