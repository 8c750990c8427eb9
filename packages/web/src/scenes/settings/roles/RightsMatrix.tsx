import type { Reach, RightAct, RightArea, Rights } from '@parley/protocol/model'
import { t } from '../../../i18n/t.ts'
import { Select } from '../../../parts/Select.tsx'
import { Switch } from '../../../parts/Switch.tsx'
import { withReach } from './presets.ts'

const AREAS: readonly RightArea[] = ['leads', 'contacts', 'tasks']
const ACTS: readonly RightAct[] = ['view', 'edit', 'delete', 'export']
const REACHES: readonly Reach[] = ['none', 'own', 'group', 'all']

interface Props {
  rights: Rights
  onChange: (rights: Rights) => void
}

/** Areas by acts, each with whose things. A table on a desk, a card per area where it is narrow. */
export function RightsMatrix({ rights, onChange }: Props) {
  const reaches = REACHES.map((value) => ({ value, label: t(`people.reach.${value}`) }))
  return (
    <fieldset className="@container rounded-lg border border-line">
      <legend className="sr-only">{t('people.rights')}</legend>
      <div
        aria-hidden="true"
        className="hidden gap-3 border-b border-line px-4 py-2 text-2xs font-medium text-ink-3 @2xl:flex"
      >
        <span className="w-28" />
        {ACTS.map((act) => (
          <span key={act} className="flex-1">
            {t(`people.act.${act}`)}
          </span>
        ))}
      </div>
      {AREAS.map((area) => (
        <div key={area} className="flex flex-wrap items-start gap-3 border-b border-line px-4 py-3">
          <div className="w-full @2xl:w-28">
            <p className="font-medium @2xl:pt-1.5">{t(`people.area.${area}`)}</p>
            {area === 'leads' && <p className="text-2xs text-ink-3">{t('people.areaLeadsHint')}</p>}
          </div>
          {ACTS.map((act) => (
            <div key={act} className="min-w-28 flex-1">
              <p aria-hidden="true" className="mb-1 text-2xs text-ink-3 @2xl:hidden">
                {t(`people.act.${act}`)}
              </p>
              <Select
                label={`${t(`people.area.${area}`)}: ${t(`people.act.${act}`)}`}
                isLabelHidden
                options={reaches}
                value={rights[area][act]}
                onChange={(reach) => onChange(withReach(rights, area, act, reach))}
              />
            </div>
          ))}
        </div>
      ))}
      <div className="flex flex-col gap-4 px-4 py-4">
        <Switch
          label={t('people.incoming')}
          hint={t('people.incomingHint')}
          isOn={rights.incoming}
          onChange={(incoming) => onChange({ ...rights, incoming })}
        />
        <Select
          label={t('people.figures')}
          hint={t('people.figuresHint')}
          className="max-w-60"
          options={reaches}
          value={rights.figures}
          onChange={(figures) => onChange({ ...rights, figures })}
        />
      </div>
    </fieldset>
  )
}
