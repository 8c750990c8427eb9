import type { Simulator } from '@parley/protocol/model'
import { Paperclip, SendHorizontal, X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { PhoneMessage } from '../../../data/developer/fold-conversation.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { FIELD } from '../../../parts/field-classes.ts'
import { IconButton } from '../../../parts/IconButton.tsx'
import { MenuButton } from '../../../parts/MenuButton.tsx'
import { MenuItem } from '../../../parts/MenuItems.tsx'
import { Select } from '../../../parts/Select.tsx'
import { SAMPLES } from './samples.ts'
import type { ClientActs, Fault, Quoting } from './use-client-acts.ts'

interface Props {
  simulator: Simulator
  acts: ClientActs
  editing: PhoneMessage | undefined
  quoting: Quoting | undefined
  onDone: () => void
}

const FAULTS: readonly Fault[] = ['none', 'duplicate', 'reorder', 'delay', 'wrong-signature', 'stale-date']

export function PhoneComposer({ simulator, acts, editing, quoting, onDone }: Props) {
  const [text, setText] = useState(editing?.content.text ?? '')

  async function send(event: FormEvent) {
    event.preventDefault()
    const said = text.trim()
    if (said === '') return
    const isSent = await (editing ? acts.edit(editing, said) : acts.write({ type: 'text', text: said }, quoting))
    // What was refused stays to be sent again.
    if (!isSent) return
    setText('')
    onDone()
  }

  return (
    <form onSubmit={(event) => void send(event)} className="shrink-0 border-t border-line p-3">
      {(editing || quoting) && (
        <p className="mb-2 flex items-center gap-2 text-xs text-ink-2">
          <span className="min-w-0 flex-1 truncate">
            {t(editing ? 'simulator.editing' : `simulator.quoting.${quoting?.how ?? 'reply'}`, {
              text: (editing ?? quoting?.message)?.content.text ?? '',
            })}
          </span>
          <IconButton label={t('simulator.cancel')} onClick={onDone}>
            <X />
          </IconButton>
        </p>
      )}
      {acts.isHeld && (
        <p role="status" className="mb-2 text-xs text-ink-2">
          {t('simulator.held')}
        </p>
      )}
      <div className="flex items-center gap-1.5">
        <MenuButton
          side="top"
          trigger={
            <IconButton label={t('simulator.sendOther')}>
              <Paperclip />
            </IconButton>
          }
        >
          {Object.entries(SAMPLES).map(([kind, { label, content }]) => (
            <MenuItem
              key={kind}
              onClick={() => void acts.write(content(`${simulator.publicUrl}/samples`), quoting).then(onDone)}
            >
              {t(label)}
            </MenuItem>
          ))}
          <MenuItem onClick={() => void acts.type()}>{t('simulator.type')}</MenuItem>
        </MenuButton>
        <input
          aria-label={t('simulator.message')}
          placeholder={t('simulator.message')}
          dir="auto"
          value={text}
          onChange={(event) => setText(event.target.value)}
          className={`${FIELD} min-w-0 flex-1`}
        />
        <Button
          type="submit"
          look="primary"
          aria-label={t('simulator.send')}
          disabled={acts.isBusy || text.trim() === ''}
        >
          <SendHorizontal size={16} aria-hidden="true" className="rtl:-scale-x-100" />
        </Button>
      </div>
      <div className="mt-2 flex items-center gap-2">
        <span aria-hidden="true" className="text-xs text-ink-3">
          {t('simulator.fault')}
        </span>
        <Select
          label={t('simulator.fault')}
          isLabelHidden
          className="min-w-0 flex-1"
          value={acts.fault}
          onChange={acts.setFault}
          options={FAULTS.map((fault) => ({ value: fault, label: t(`simulator.faults.${fault}`) }))}
        />
      </div>
      {!simulator.areSamplesReachable && <p className="mt-2 text-xs text-warn">{t('simulator.unreachable')}</p>}
    </form>
  )
}
