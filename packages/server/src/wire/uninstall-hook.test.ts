import type { AccountId, IntegrationId } from '@parley/protocol/model'
import { expect, test } from 'vitest'
import { uninstallAddress } from './uninstall-hook.ts'

test('signs as the vector says (spec 05 D)', () => {
  const id = '0d6b3f92-7e14-4c58-a9d0-5b8e2f71c346' as IntegrationId
  const secret = 'rM3vQ8kT1zWb6Yx0LpHd4NcJs9FgUe2AoVi7KtRy5XhCqZwBnPmDuEj8SfGlTaOk'
  const url = uninstallAddress('https://app.example/gone?mine=1', { id, accountId: 31100422 as AccountId, secret })
  expect(url).toBe(
    `https://app.example/gone?mine=1&account_id=31100422&client_uuid=${id}&client_id=${id}` +
      '&signature=f1398f5e7bdfa54ac180868a8de010ada037fac765ccf2128e06cd63ec11b2b2',
  )
})
