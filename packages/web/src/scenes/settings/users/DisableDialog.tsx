import type { TeamMember, UserId } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { disableUser } from '../../../data/people/endpoints.ts'
import { usersQuery } from '../../../data/people/queries.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { Dialog } from '../../../parts/Dialog.tsx'
import { reasonOf } from '../../../parts/Notice.tsx'
import { Select } from '../../../parts/Select.tsx'
import { toast } from '../../../parts/toast.ts'
import { FormAlert } from '../PasswordDialog.tsx'

const KEEP = 'keep'
const NOBODY = 'nobody'

/** Switches somebody off, and says whose his leads become. */
export function DisableDialog({ member, onClose }: { member: TeamMember; onClose: () => void }) {
  const { data: users = [] } = useQuery(usersQuery)
  const [heir, setHeir] = useState(NOBODY)
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })
  const { id, name } = member

  async function disable() {
    setState({ isBusy: true })
    try {
      const handOverTo = heir === NOBODY ? null : (Number(heir) as UserId)
      await disableUser(id, heir === KEEP ? {} : { handOverTo })
      toast({ text: t('people.isOff', { name }) })
      onClose()
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('people.disableTitle', { name })}
      description={t('people.disableWhat')}
      footer={
        <>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
          <Button look="danger" disabled={state.isBusy} onClick={() => void disable()}>
            {t('people.disable')}
          </Button>
        </>
      }
    >
      <Select
        label={t('people.handOver')}
        hint={t('people.handOverHint')}
        options={[
          { value: NOBODY, label: t('people.handOverNobody') },
          { value: KEEP, label: t('people.handOverKeep', { name }) },
          ...users
            .filter((user) => user.id !== id)
            .map((user) => ({ value: String(user.id), label: user.name, group: t('people.handOverTo') })),
        ]}
        value={heir}
        onChange={setHeir}
      />
      {state.error !== undefined && (
        <div className="mt-3">
          <FormAlert text={`${reasonOf(state.error)}.`} />
        </div>
      )}
    </Dialog>
  )
}
