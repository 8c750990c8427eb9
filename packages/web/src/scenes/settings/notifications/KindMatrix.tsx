import type {
  NoticeWays,
  NotificationKind,
  NotificationSettings,
  NotificationSettingsChange,
} from '@parley/protocol/model'
import { Bell, Mail, MonitorSmartphone, Volume2 } from 'lucide-react'
import { t } from '../../../i18n/t.ts'
import { Checkbox } from '../../../parts/Checkbox.tsx'
import { NOTICE_ICONS, NOTICE_KINDS } from '../../../parts/notices/describe-notice.ts'

const WAYS = { inApp: Bell, sound: Volume2, desktop: MonitorSmartphone, email: Mail } as const
type Way = keyof NoticeWays
const WAY_NAMES = Object.keys(WAYS) as Way[]

interface Props {
  kinds: NotificationSettings['kinds']
  canMail: boolean
  onChange: (kinds: NonNullable<NotificationSettingsChange['kinds']>) => void
}

/** Each kind of notification, and the ways it comes. What does not come in the app does not come at all. */
export function KindMatrix({ kinds, canMail, onChange }: Props) {
  return (
    <>
      <table className="w-full border-collapse text-sm">
        <thead>
          <tr className="border-b border-line text-2xs text-ink-3">
            <th scope="col" className="pb-1.5 text-start font-medium">
              <span className="sr-only">{t('noticeSettings.kind')}</span>
            </th>
            {WAY_NAMES.map((way) => (
              <WayHead key={way} way={way} />
            ))}
          </tr>
        </thead>
        <tbody>
          {NOTICE_KINDS.map((kind) => (
            <KindRow
              key={kind}
              kind={kind}
              ways={kinds[kind]}
              canMail={canMail}
              onChange={(changed) => onChange({ [kind]: changed })}
            />
          ))}
        </tbody>
      </table>
      {!canMail && <p className="text-xs text-ink-3">{t('noticeSettings.noMail')}</p>}
    </>
  )
}

function WayHead({ way }: { way: Way }) {
  const Icon = WAYS[way]
  return (
    <th scope="col" className="w-16 px-0.5 pb-1.5 font-medium max-md:w-13">
      <span className="flex flex-col items-center gap-1">
        <Icon size={16} aria-hidden="true" />
        {t(`noticeSettings.way.${way}`)}
      </span>
    </th>
  )
}

interface RowProps {
  kind: NotificationKind
  ways: NoticeWays
  canMail: boolean
  onChange: (ways: Partial<NoticeWays>) => void
}

function KindRow({ kind, ways, canMail, onChange }: RowProps) {
  const Icon = NOTICE_ICONS[kind]
  const name = t(`notifications.kind.${kind}`)
  return (
    <tr className="border-b border-line">
      <th scope="row" className="py-2 pe-2 text-start font-normal">
        <span className="flex items-center gap-2">
          <Icon size={16} aria-hidden="true" className="shrink-0 text-ink-3" />
          {name}
        </span>
      </th>
      {WAY_NAMES.map((way) => (
        <td key={way}>
          <span className="flex h-9 items-center justify-center pointer-coarse:h-11">
            <Checkbox
              label={`${name}: ${t(`noticeSettings.way.${way}`)}`}
              isLabelHidden
              isChecked={ways[way] && (way === 'inApp' || ways.inApp)}
              isDisabled={(way !== 'inApp' && !ways.inApp) || (way === 'email' && !canMail)}
              onChange={(isChecked) => onChange({ [way]: isChecked })}
            />
          </span>
        </td>
      ))}
    </tr>
  )
}
