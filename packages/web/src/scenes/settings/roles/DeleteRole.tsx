import type { RoleId, TeamRole } from '@parley/protocol/model'
import { useState } from 'react'
import { deleteRole } from '../../../data/people/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { Dialog } from '../../../parts/Dialog.tsx'
import { reasonOf } from '../../../parts/Notice.tsx'
import { Select } from '../../../parts/Select.tsx'
import { FormAlert } from '../PasswordDialog.tsx'

interface Props {
  role: TeamRole
  roles: readonly TeamRole[]
  onClose: () => void
  onDone: () => void
}

const USUAL = 'usual'

/** Whoever has the role gets another one with it. */
export function DeleteRole({ role, roles, onClose, onDone }: Props) {
  const [next, setNext] = useState(USUAL)
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })
  async function remove() {
    setState({ isBusy: true })
    try {
      await deleteRole(role.id, next === USUAL ? null : (Number(next) as RoleId))
      onDone()
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }
  const count = role.userIds.length
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('people.roleDeleteTitle', { name: role.name })}
      description={t(count === 0 ? 'people.roleDeleteHint' : 'people.roleDeletePeople', { count })}
      footer={
        <>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
          <Button look="danger" disabled={state.isBusy} onClick={() => void remove()}>
            {t('people.roleDelete')}
          </Button>
        </>
      }
    >
      {count > 0 && (
        <Select
          label={t('people.roleNext')}
          options={[
            { value: USUAL, label: t('people.usual') },
            ...roles.filter(({ id }) => id !== role.id).map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
          value={next}
          onChange={setNext}
        />
      )}
      {state.error !== undefined && (
        <div className="mt-3">
          <FormAlert text={`${reasonOf(state.error)}.`} />
        </div>
      )}
    </Dialog>
  )
}
