import type { TaskKind, UserId } from '@parley/protocol/model'
import { useUsers } from '../../data/board/users.ts'
import { useMe } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { Select } from '../../parts/Select.tsx'
import { TASK_ICONS, TASK_KINDS } from '../../parts/tasks/task-kinds.ts'
import { useTaskSearch } from './use-task-search.ts'

const ME = 'me'
const ALL = 'all'
const EVERY = 'every'

/** Whose, and of which kind. */
export function TaskFilters() {
  const { user, rights } = useMe()
  const { search, change } = useTaskSearch()
  const users = useUsers().filter(({ id }) => id !== user.id)
  const seesOthers = rights.tasks.view !== 'own'
  return (
    <>
      {seesOthers && (
        <Select
          label={t('tasks.whose')}
          isLabelHidden
          className="w-48 max-sm:flex-1"
          value={search.who === undefined ? ME : String(search.who)}
          onChange={(who) => change({ who: who === ME ? undefined : who === ALL ? ALL : (Number(who) as UserId) })}
          options={[
            { value: ME, label: t('tasks.mine') },
            { value: ALL, label: t('tasks.everybodys') },
            ...users.map(({ id, name }) => ({ value: String(id), label: name, group: t('tasks.of') })),
          ]}
        />
      )}
      <Select<TaskKind | typeof EVERY>
        label={t('task.kind')}
        isLabelHidden
        className="w-44 max-sm:flex-1"
        value={search.kind ?? EVERY}
        onChange={(kind) => change({ kind: kind === EVERY ? undefined : kind })}
        options={[{ value: EVERY, label: t('tasks.everyKind') }, ...TASK_KINDS.map(toOption)]}
      />
    </>
  )
}

function toOption(kind: TaskKind) {
  const Icon = TASK_ICONS[kind]
  return { value: kind, label: t(`task.kinds.${kind}`), icon: <Icon size={15} aria-hidden="true" /> }
}
