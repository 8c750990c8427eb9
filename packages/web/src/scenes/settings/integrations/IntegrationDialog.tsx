import type { AccessScope, Integration, IntegrationWithSecret } from '@parley/protocol/model'
import { type FormEvent, useId, useState } from 'react'
import { changeIntegration, registerIntegration } from '../../../data/integrations/endpoints.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { Checkbox } from '../../../parts/Checkbox.tsx'
import { Dialog } from '../../../parts/Dialog.tsx'
import { readFormProblem } from '../../../parts/form-problem.ts'
import { TextArea } from '../../../parts/TextArea.tsx'
import { TextField } from '../../../parts/TextField.tsx'
import { useSettingsSave } from '../use-settings-change.ts'

/** As in the protocol, whose list would bring zod along. */
const SCOPES: readonly AccessScope[] = ['crm', 'files', 'notifications']
const FIELDS = ['name', 'about', 'redirectUris', 'uninstallUrl', 'scopes'] as const

interface Props {
  /** Undefined: a new one. */
  integration: Integration | undefined
  onClose: () => void
  onMade: (made: IntegrationWithSecret) => void
}

/** What an integration is registered with. */
export function IntegrationDialog({ integration, onClose, onMade }: Props) {
  const form = useId()
  const save = useSettingsSave('integrations')
  const [name, setName] = useState(integration?.name ?? '')
  const [about, setAbout] = useState(integration?.about ?? '')
  const [uris, setUris] = useState(integration?.registration?.redirectUris.join('\n') ?? '')
  const [uninstallUrl, setUninstallUrl] = useState(integration?.registration?.uninstallUrl ?? '')
  const [scopes, setScopes] = useState<readonly AccessScope[]>(integration?.scopes ?? ['crm'])
  const [isPublic, setPublic] = useState(integration?.isPublic ?? false)
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })
  const { fields, rest } = readFormProblem(state.error, FIELDS)

  async function submit(event: FormEvent) {
    event.preventDefault()
    setState({ isBusy: true })
    const wish = toWish({ name, about, uris, uninstallUrl, scopes, isPublic })
    try {
      if (integration) await save(changeIntegration(integration.id, wish))
      else onMade(await save(registerIntegration(wish)))
      onClose()
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }

  return (
    <Dialog
      isOpen
      isKept
      size="md"
      onClose={onClose}
      title={integration ? t('integrations.editTitle', { name: integration.name }) : t('integrations.new')}
      footer={
        <>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
          <Button type="submit" form={form} look="primary" disabled={state.isBusy}>
            {t(integration ? 'integrations.save' : 'integrations.register')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <TextField
          {...{ label: t('integrations.name'), value: name, onChange: setName, error: fields.name }}
          maxLength={100}
          required
          autoFocus
        />
        <TextArea
          {...{ label: t('integrations.about'), value: about, onChange: setAbout, error: fields.about }}
          hint={t('integrations.aboutHint')}
          maxLength={1000}
          rows={2}
        />
        <TextArea
          {...{ label: t('integrations.redirectUris'), value: uris, onChange: setUris, error: fields.redirectUris }}
          hint={t('integrations.redirectUrisHint')}
          rows={2}
          dir="ltr"
          required
        />
        <TextField
          {...{ label: t('integrations.uninstallUrl'), value: uninstallUrl, onChange: setUninstallUrl }}
          error={fields.uninstallUrl}
          hint={t('integrations.uninstallUrlHint')}
          dir="ltr"
        />
        <ScopeFields scopes={scopes} onChange={setScopes} error={fields.scopes} />
        <Checkbox
          label={t('integrations.public')}
          hint={t('integrations.publicHint')}
          isChecked={isPublic}
          onChange={setPublic}
        />
        {rest && (
          <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
            {rest}
          </p>
        )}
      </form>
    </Dialog>
  )
}

interface Filled {
  name: string
  about: string
  uris: string
  uninstallUrl: string
  scopes: readonly AccessScope[]
  isPublic: boolean
}

const toWish = ({ name, about, uris, uninstallUrl, scopes, isPublic }: Filled) => ({
  ...{ name, scopes: [...scopes], isPublic },
  redirectUris: uris.split(/\s+/).filter((uri) => uri !== ''),
  about: about.trim() || null,
  uninstallUrl: uninstallUrl.trim() || null,
})

interface ScopeProps {
  scopes: readonly AccessScope[]
  onChange: (scopes: readonly AccessScope[]) => void
  error: string | undefined
}

function ScopeFields({ scopes, onChange, error }: ScopeProps) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 text-xs font-medium text-ink-2">{t('integrations.scopes')}</legend>
      {SCOPES.map((scope) => (
        <Checkbox
          key={scope}
          label={t(`integrations.scopeMay.${scope}`)}
          isChecked={scopes.includes(scope)}
          onChange={(on) => onChange(on ? [...scopes, scope] : scopes.filter((one) => one !== scope))}
        />
      ))}
      {error && <p className="text-xs text-bad">{error}</p>}
    </fieldset>
  )
}
