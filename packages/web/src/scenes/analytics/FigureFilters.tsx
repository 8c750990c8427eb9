import type { Figures } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { useConnections } from '../../data/connections.ts'
import { daysOf, type FigureSearch, PERIODS, periodOf } from '../../data/figures/figure-search.ts'
import { groupsQuery, usersQuery } from '../../data/people/queries.ts'
import { useMe, usePipelines } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { DateTimeField } from '../../parts/DateTimeField.tsx'
import { SegmentedControl } from '../../parts/SegmentedControl.tsx'
import { Select, type SelectOption } from '../../parts/Select.tsx'

interface Props {
  search: FigureSearch
  onChange: (search: FigureSearch) => void
}

const PERIOD_NAMES = {
  1: 'analytics.today',
  7: 'analytics.days7',
  30: 'analytics.days30',
  90: 'analytics.days90',
} as const

/** Which days: the usual ones, or one's own. */
export function PeriodPicker({ search, onChange }: Props) {
  const { account } = useMe()
  const { days, from, to, ...others } = search
  const shown = daysOf(search, account.timeZone, Date.now())
  const period = periodOf(search)
  const choose = (value: string) => {
    const picked = PERIODS.find((one) => String(one) === value)
    onChange(picked ? { ...others, days: picked } : { ...others, ...shown })
  }
  const setDay = (name: 'from' | 'to', day: string) => {
    if (day === '') return
    const next = { ...shown, [name]: day }
    // Who passes the other end takes it along.
    onChange({ ...others, ...(next.from <= next.to ? next : { from: day, to: day }) })
  }
  return (
    <>
      <SegmentedControl
        label={t('analytics.period')}
        value={period === undefined ? 'custom' : String(period)}
        onChange={choose}
        options={[
          ...PERIODS.map((one) => ({ value: String(one), label: t(PERIOD_NAMES[one]) })),
          { value: 'custom', label: t('analytics.custom') },
        ]}
      />
      {period === undefined && (
        <div className="flex items-center gap-2">
          {(['from', 'to'] as const).map((name) => (
            <DateTimeField
              key={name}
              kind="date"
              label={t(`analytics.${name}`)}
              isLabelHidden
              value={shown[name]}
              onChange={(day) => setDay(name, day)}
              className="w-36"
            />
          ))}
        </div>
      )}
    </>
  )
}

const ANY = 'any'

/** Whose, through which channel, and which time counts. */
export function FigureFilters({ search, onChange, reach }: Props & { reach: Figures['reach'] | undefined }) {
  const { data: users = [] } = useQuery(usersQuery)
  const { data: groups = [] } = useQuery({ ...groupsQuery, enabled: reach === 'all' })
  const connections = useConnections() ?? []
  const pipelines = usePipelines(true).data?.items ?? []
  const set = (name: 'user' | 'group' | 'pipeline') => (value: string) => {
    const { [name]: _, ...others } = search
    onChange(value === ANY ? others : { ...others, [name]: Number(value) })
  }
  const setChannel = (value: string) => {
    const { channel, ...others } = search
    onChange(value === ANY ? others : { ...others, channel: value })
  }
  const named = (list: readonly { id: number; name: string }[]) =>
    list.map(({ id, name }) => ({ value: String(id), label: name }))
  const { clock, ...withoutClock } = search
  return (
    <>
      <Filter
        label={t('analytics.channel')}
        any={t('analytics.anyChannel')}
        value={search.channel}
        onChange={setChannel}
        options={connections.map(({ channelId, title }) => ({ value: channelId, label: title }))}
      />
      {reach !== 'own' && (
        <Filter
          label={t('analytics.user')}
          any={t('analytics.anyUser')}
          value={search.user}
          onChange={set('user')}
          options={named(users)}
        />
      )}
      {groups.length > 0 && (
        <Filter
          label={t('analytics.group')}
          any={t('analytics.anyGroup')}
          value={search.group}
          onChange={set('group')}
          options={named(groups)}
        />
      )}
      {pipelines.length > 1 && (
        <Filter
          label={t('analytics.pipeline')}
          any={t('analytics.anyPipeline')}
          value={search.pipeline}
          onChange={set('pipeline')}
          options={named(pipelines)}
        />
      )}
      <SegmentedControl
        label={t('analytics.clock')}
        value={clock ?? 'clock'}
        onChange={(value) => onChange(value === 'working' ? { ...search, clock: value } : withoutClock)}
        options={[
          { value: 'clock', label: t('analytics.clockAll') },
          { value: 'working', label: t('analytics.clockWorking') },
        ]}
        className="ms-auto"
      />
    </>
  )
}

interface FilterProps {
  label: string
  /** What stands for all of them. */
  any: string
  value: string | number | undefined
  onChange: (value: string) => void
  options: readonly SelectOption<string>[]
}

function Filter({ label, any, value, onChange, options }: FilterProps) {
  return (
    <Select
      label={label}
      isLabelHidden
      value={value === undefined ? ANY : String(value)}
      onChange={onChange}
      options={[{ value: ANY, label: any }, ...options]}
      className="w-40"
    />
  )
}
