import type { Chat, ChatAction, User } from '@parley/protocol/model'
import { UserRoundX } from 'lucide-react'
import { useRef, useState } from 'react'
import { useUsers } from '../../../data/board/users.ts'
import { useMe } from '../../../data/queries.ts'
import { t } from '../../../i18n/t.ts'
import type { ComboOption } from '../../../parts/combobox-options.ts'
import { Dialog } from '../../../parts/Dialog.tsx'
import { TextArea } from '../../../parts/TextArea.tsx'
import { UserAvatar } from '../../../parts/UserAvatar.tsx'
import { PickList } from './PickList.tsx'

export interface PickerProps {
  count: number
  /** The only chat it is about. */
  chat: Chat | undefined
  onRun: (...actions: ChatAction[]) => void
  onClose: () => void
}

const NOBODY = 'none'

/** To whom. One key opens it, a few letters find, Enter gives. */
export function AssignDialog({ count, chat, onRun, onClose }: PickerProps) {
  const field = useRef<HTMLInputElement>(null)
  const { user: me } = useMe()
  const users = useUsers()
  const [note, setNote] = useState('')
  const others = users.filter((user) => user.id !== me.id)
  const options: ComboOption[] = [
    option(me, t('pickers.me', { name: me.name })),
    ...others.map((user) => option(user, user.name)),
    { value: NOBODY, label: t('pickers.nobody'), icon: <UserRoundX size={18} aria-hidden="true" className="mx-px" /> },
  ]
  const hasNoLead = chat !== undefined && chat.lead === null

  function pick(value: string) {
    const userId = value === NOBODY ? null : Number(value)
    const text = note.trim()
    onRun({ type: 'assign', userId, ...(text !== '' && { note: text }) })
  }

  return (
    <Dialog
      isOpen
      initialFocus={field}
      onClose={onClose}
      title={chat ? t('pickers.assignOne') : t('pickers.assign', { count })}
      description={hasNoLead ? t('pickers.noLead') : undefined}
    >
      {!hasNoLead && (
        <>
          <PickList
            field={field}
            label={t('pickers.find')}
            options={options}
            picked={chat ? [chat.responsible ? String(chat.responsible.id) : NOBODY] : []}
            empty={t('pickers.nothingFits')}
            onPick={pick}
          />
          <TextArea
            label={t('pickers.note')}
            hint={t('pickers.noteHint')}
            value={note}
            onChange={setNote}
            className="mt-3"
          />
        </>
      )}
    </Dialog>
  )
}

const option = (user: Pick<User, 'id' | 'name'>, label: string): ComboOption => ({
  value: String(user.id),
  label,
  icon: <UserAvatar user={user} size={20} />,
})
