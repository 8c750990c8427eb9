import { t } from '../../../i18n/t.ts'
import { DateTimeField } from '../../../parts/DateTimeField.tsx'

interface Props {
  from: string | undefined
  until: string | undefined
  onChange: (patch: { from?: string; until?: string }) => void
}

/** Of which time lines are shown. On a phone there is no room for them. */
export function TimeFields({ from, until, onChange }: Props) {
  const look = { isLabelHidden: true, className: 'w-44 max-md:hidden' }
  return (
    <>
      <DateTimeField
        {...look}
        label={t('developer.from')}
        value={from ?? ''}
        onChange={(value) => onChange({ from: value })}
      />
      <span aria-hidden="true" className="text-ink-3 max-md:hidden">
        –
      </span>
      <DateTimeField
        {...look}
        label={t('developer.until')}
        value={until ?? ''}
        onChange={(value) => onChange({ until: value })}
      />
    </>
  )
}
