import type { TeamGroup, UserId } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { Plus, Trash2, UsersRound } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { changeGroup, createGroup, deleteGroup } from '../../../data/people/endpoints.ts'
import { groupsQuery, usersQuery } from '../../../data/people/queries.ts'
import { t } from '../../../i18n/t.ts'
import { Avatar } from '../../../parts/Avatar.tsx'
import { Button } from '../../../parts/Button.tsx'
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx'
import type { ComboOption } from '../../../parts/combobox-options.ts'
import { readFormProblem } from '../../../parts/form-problem.ts'
import { IconButton } from '../../../parts/IconButton.tsx'
import { InlineEdit } from '../../../parts/InlineEdit.tsx'
import { MultiCombobox } from '../../../parts/MultiCombobox.tsx'
import { Notice, Problem, reasonOf } from '../../../parts/Notice.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'
import { TextField } from '../../../parts/TextField.tsx'
import { toast } from '../../../parts/toast.ts'
import { SettingsPage } from '../SettingsPage.tsx'

/** People who see each other's things, where a role says so. */
export function Groups() {
  const query = useQuery(groupsQuery)
  const [isMaking, setMaking] = useState(false)
  const [leaving, setLeaving] = useState<TeamGroup>()
  const groups = query.data
  return (
    <SettingsPage
      title={t('settings.groups')}
      hint={t('people.groupsHint')}
      actions={
        <Button look="primary" onClick={() => setMaking(true)}>
          <Plus size={15} aria-hidden="true" />
          {t('people.groupMake')}
        </Button>
      }
    >
      {isMaking && <NewGroup onClose={() => setMaking(false)} />}
      {query.isError && !groups ? (
        <Problem title={t('settings.loadFailed')} error={query.error} onRetry={() => void query.refetch()} />
      ) : !groups ? (
        <SkeletonRows count={3} height={88} />
      ) : groups.length === 0 && !isMaking ? (
        <Notice
          title={t('people.groupsNone')}
          hint={t('people.groupsNoneHint')}
          drawing={<UsersRound size={28} strokeWidth={1.6} aria-hidden="true" className="text-ink-3" />}
        />
      ) : (
        groups.map((group) => <GroupCard key={group.id} group={group} onDelete={() => setLeaving(group)} />)
      )}
      <ConfirmDialog
        isOpen={leaving !== undefined}
        onClose={() => setLeaving(undefined)}
        title={t('people.groupDeleteTitle', { name: leaving?.name ?? '' })}
        description={t('people.groupDeleteHint')}
        confirmLabel={t('people.groupDelete')}
        onConfirm={() => leaving && deleteGroup(leaving.id)}
      />
    </SettingsPage>
  )
}

function NewGroup({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })
  const problem = readFormProblem(state.error, ['name'])
  async function submit(event: FormEvent) {
    event.preventDefault()
    setState({ isBusy: true })
    try {
      await createGroup({ name })
      onClose()
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)} className="flex items-start gap-2">
      <TextField
        label={t('people.groupName')}
        className="max-w-80 flex-1"
        autoFocus
        maxLength={100}
        value={name}
        onChange={setName}
        error={problem.fields.name ?? problem.rest}
      />
      <Button type="submit" look="primary" className="mt-5" disabled={state.isBusy || name.trim() === ''}>
        {t('people.groupMake')}
      </Button>
      <Button className="mt-5" onClick={onClose}>
        {t('parts.cancel')}
      </Button>
    </form>
  )
}

function GroupCard({ group, onDelete }: { group: TeamGroup; onDelete: () => void }) {
  const { data: users = [] } = useQuery(usersQuery)
  const options = users.map(
    (user): ComboOption => ({
      value: String(user.id),
      label: user.name,
      hint: user.email,
      icon: <Avatar name={user.name} seed={String(user.id)} size={18} pictureUrl={user.avatarUrl} />,
    }),
  )
  const members = options.filter(({ value }) => group.userIds.includes(Number(value) as UserId))
  const setMembers = (chosen: readonly ComboOption[]) =>
    changeGroup(group.id, { userIds: chosen.map(({ value }) => Number(value)) }).catch((error: unknown) =>
      toast({ tone: 'bad', text: t('settings.saveFailed', { reason: reasonOf(error) }) }),
    )
  return (
    <section aria-label={group.name} className="rounded-lg border border-line px-4 py-3">
      <div className="flex items-center gap-2">
        <div className="min-w-0 flex-1">
          <InlineEdit
            label={t('people.groupName')}
            value={group.name}
            onSave={(name) => changeGroup(group.id, { name })}
            className="text-md font-semibold"
          />
        </div>
        <span className="text-xs text-ink-3">{t('people.groupCount', { count: group.userIds.length })}</span>
        <IconButton label={t('people.groupDeleteOf', { name: group.name })} onClick={onDelete}>
          <Trash2 />
        </IconButton>
      </div>
      <MultiCombobox
        label={t('people.groupMembers')}
        isLabelHidden
        className="mt-2"
        placeholder={t('people.groupAdd')}
        options={options}
        value={members}
        onChange={(chosen) => void setMembers(chosen)}
      />
    </section>
  )
}
