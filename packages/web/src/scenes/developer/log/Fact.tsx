import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { t } from '../../../i18n/t.ts'
import { IconButton } from '../../../parts/IconButton.tsx'

/** A line of a `dl` in two columns. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-ink-3">{name}</dt>
      <dd className="flex min-w-0 items-center gap-1">{children}</dd>
    </div>
  )
}

export function CloseButton({ onClose }: { onClose: () => void }) {
  return (
    <IconButton label={t('developer.close')} onClick={onClose}>
      <X />
    </IconButton>
  )
}
