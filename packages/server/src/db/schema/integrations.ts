import type { AccessScope, AccountId, IntegrationId, TokenFamilyId, UserId } from '@parley/protocol/model'
import type { OrNull, Time, TimeOrNull } from './columns.ts'

export interface IntegrationsTables {
  integration: {
    id: IntegrationId
    account_id: AccountId
    name: string
    about: OrNull<string>
    redirect_uris: string[]
    uninstall_url: OrNull<string>
    scopes: AccessScope[]
    is_public: boolean
    secret_sealed: Buffer
    created_at: Time
  }
  integration_grant: {
    account_id: AccountId
    integration_id: IntegrationId
    user_id: UserId
    scopes: AccessScope[]
    granted_at: Time
  }
  token_family: {
    account_id: AccountId
    id: TokenFamilyId
    integration_id: IntegrationId
    user_id: UserId
    name: OrNull<string>
    created_at: Time
    last_used_at: TimeOrNull
    expires_at: Time
    ended_at: TimeOrNull
  }
  refresh_token: {
    account_id: AccountId
    token_hash: Buffer
    family_id: TokenFamilyId
    expires_at: Time
    used_at: TimeOrNull
    next_sealed: OrNull<Buffer>
  }
  authorization_code: {
    account_id: AccountId
    token_hash: Buffer
    integration_id: IntegrationId
    user_id: UserId
    redirect_uri: string
    challenge: OrNull<string>
    expires_at: Time
    family_id: OrNull<TokenFamilyId>
  }
}
